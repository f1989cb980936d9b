package dev.fantasticfour.world.cli.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A run of three branches, two failed attempts, a wait of three days and one takeover (CLI-9). */
class TimelineTest {

  private static final Instant BEGIN = Instant.parse("2026-03-02T12:00:00Z");
  private static final Payload ERROR = Payload.json("{\"type\":\"Timeout\"}");

  private final List<Event> log = new ArrayList<>();

  private void at(double seconds, @Nullable String about, Fact fact) {
    Instant time = time(seconds);
    log.add(
        new Event(
            new RunId("wrun_1"),
            log.size() + 1L,
            "evnt_" + log.size(),
            time,
            time,
            about,
            "batch",
            0,
            fact));
  }

  private static Instant time(double seconds) {
    return BEGIN.plusMillis((long) (seconds * 1000));
  }

  private static Site site(String branch, String name) {
    return new Site(name, branch, 0);
  }

  private void theRun() {
    double threeDays = 3 * 86_400;
    at(0, null, new Fact.RunCreated("order", "b1", 1, "default", null, null, null, Map.of(), null));
    at(1, null, new Fact.RunStarted(null));
    at(12, "step_pay", new Fact.StepRetrying(site("a", "pay"), 1, ERROR, time(14)));
    at(22, "step_pay", new Fact.StepRetrying(site("a", "pay"), 2, ERROR, time(24)));
    at(30, "step_pay", new Fact.StepCompleted(site("a", "pay"), 3, time(24), null));
    at(2, "step_pack", new Fact.StepStarted(site("b", "pack"), 1, "wrkr_1", time(1)));
    at(18, "step_pack", new Fact.StepStarted(site("b", "pack"), 1, "wrkr_2", time(17)));
    at(29, "step_pack", new Fact.StepCompleted(site("b", "pack"), 1, null, null));
    at(30, "wait_1", new Fact.WaitCreated(site("c", "cooling"), time(30 + threeDays)));
    at(30 + threeDays, "wait_1", new Fact.WaitCompleted());
    at(32 + threeDays, "hook_1", new Fact.HookCreated(site("", "approval"), "t", null, null));
    at(36 + threeDays, "hook_1", new Fact.HookReceived(null));
    at(38 + threeDays, "hook_1", new Fact.HookDisposed());
    at(40 + threeDays, null, new Fact.RunCompleted(null));
  }

  @Test
  void attemptsTheWaitAndTheTakeoverAreDrawnInEightyColumns() {
    theRun();
    assertThat(new Timeline(Bars.of(log), time(9e6), 80, false).text())
        .isEqualTo(
            """
                                                                              ~~
            order              completed        -=========================================|
            a/pay              3 attempts                   x.========x.======|
            b/pack             lost 1            ================!===========|
            c/cooling          3d 0h                                          --|
            approval           6.0 s                                              ----o-|
            ~ nothing happened for 3d 0h (--true-scale)
            = runs  - waits  . pause before the next attempt  x failed  ! taken over
            o received\
            """);
  }

  @Test
  void threeIdleDaysTakeLessThanATwentiethOfTheWidth() {
    theRun();
    String axis = new Timeline(Bars.of(log), time(9e6), 80, false).text().lines().toList().get(0);
    assertThat(axis.strip()).hasSize(2);
  }

  @Test
  void onATrueScaleTheWaitIsNearlyAll() {
    theRun();
    String text = new Timeline(Bars.of(log), time(9e6), 80, true).text();
    assertThat(text).doesNotContain("~");
    assertThat(text.lines()).allMatch(line -> line.length() <= 80);
    assertThat(text.lines().filter(line -> line.startsWith("c/cooling")).findFirst())
        .hasValueSatisfying(
            line -> assertThat(line.chars().filter(c -> c == '-').count()).isGreaterThan(30));
  }

  @Test
  void whatGoesOnIsDrawnAsFarAsNow() {
    at(0, null, new Fact.RunCreated("order", "b1", 1, "default", null, null, null, Map.of(), null));
    at(0, null, new Fact.RunStarted(null));
    at(10, "step_1", new Fact.StepStarted(site("", "pack"), 1, "wrkr_1"));
    List<String> lines = new Timeline(Bars.of(log), time(20), 80, false).text().lines().toList();
    assertThat(lines.get(1)).startsWith("order").endsWith("=>");
    assertThat(lines.get(2)).startsWith("pack").contains("10.0 s").endsWith("=>");
  }

  @Test
  void aRunThatNobodyBeganHasOneLine() {
    at(0, null, new Fact.RunCreated("order", "b1", 1, "default", null, null, null, Map.of(), null));
    String text = new Timeline(Bars.of(log), BEGIN.plus(Duration.ofDays(3)), 80, false).text();
    assertThat(text).contains("order", "~", "3d 0h");
  }

  @Test
  void ofVeryManyStepsItSaysHowManyAreNotShown() {
    at(0, null, new Fact.RunCreated("order", "b1", 1, "default", null, null, null, Map.of(), null));
    for (int i = 1; i <= 250; i++) {
      at(i, "step_" + i, new Fact.StepCompleted(site("", "s" + i), 1, time(i), null));
    }
    assertThat(new Timeline(Bars.of(log), time(300), 80, false).text())
        .contains("and 51 more: 'runs steps' has all");
  }
}
