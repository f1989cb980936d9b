package dev.fantasticfour.world.cli.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.run.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogTableTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final int HEAD_LINES = 2;

  private final List<Event> log = new ArrayList<>();

  private void add(String step, Fact fact) {
    long position = log.size() + 1L;
    log.add(
        new Event(new RunId("wrun_1"), position, "evnt_" + position, NOW, NOW, step, "b", 0, fact));
  }

  private void fail(String step, int attempts) {
    for (int attempt = 1; attempt <= attempts; attempt++) {
      add(step, new Fact.StepRetrying(Site.named(step), attempt, Payload.json("{}"), NOW));
    }
  }

  private List<String> lines() {
    return LogTable.of(log).text(OptionalInt.empty()).lines().toList();
  }

  @Test
  void ofTwoThousandAttemptsTheFirstAndTheLastAreShownAndTheirNumber() {
    fail("busy", 2_000);
    add("busy", new Fact.StepCompleted(Site.named("busy"), 2_001, null, null));
    assertThat(lines()).hasSize(HEAD_LINES + 10 + 1 + 10 + 1);
    assertThat(lines().get(11)).contains("10", "step_retrying");
    assertThat(lines().get(12)).contains("1980 more of its attempts", "busy", "--json");
    assertThat(lines().get(13)).contains("1991", "step_retrying");
    assertThat(lines().getLast()).contains("2001", "step_completed");
  }

  /** Starts that were recorded count as well, and each step for itself. */
  @Test
  void stepsAreCountedOneByOneWhateverLiesBetweenThem() {
    for (int attempt = 1; attempt <= 12; attempt++) {
      add("slow", new Fact.StepStarted(Site.named("slow"), attempt, "w", NOW));
      add("quick", new Fact.StepCreated(Site.named("quick " + attempt), null));
      fail("slow", 1);
    }
    fail("other", 20);
    assertThat(lines()).filteredOn(line -> line.contains("quick")).hasSize(12);
    assertThat(lines()).filteredOn(line -> line.contains("slow")).hasSize(10 + 1 + 10);
    assertThat(lines()).filteredOn(line -> line.contains("4 more of its attempts")).hasSize(1);
    assertThat(lines()).filteredOn(line -> line.contains("other")).hasSize(20);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20, 21})
  void whatFitsIsShown(int attempts) {
    fail("step", attempts);
    assertThat(lines()).hasSize(HEAD_LINES + attempts);
  }
}
