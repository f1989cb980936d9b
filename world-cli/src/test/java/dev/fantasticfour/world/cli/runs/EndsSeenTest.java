package dev.fantasticfour.world.cli.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.run.Pin;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EndsSeenTest {

  private static final Instant BEGIN = Instant.parse("2026-03-02T12:00:00Z");

  private final EndsSeen seen = new EndsSeen(BEGIN);

  private static RunRecord ended(String id, long seconds) {
    Instant at = BEGIN.plusSeconds(seconds);
    return new RunRecord(
        new RunId(id),
        RunStatus.COMPLETED,
        "order",
        "b1",
        1,
        "default",
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        Map.of(),
        null,
        BEGIN,
        at,
        BEGIN,
        at,
        3,
        null,
        1,
        null,
        0,
        null,
        null,
        null,
        0,
        Pin.AUTO,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private List<String> told(RunRecord... runs) {
    return seen.fresh(List.of(runs)).stream().map(run -> run.id().value()).toList();
  }

  @Test
  void whatIsReadAgainIsToldOnce() {
    assertThat(told(ended("wrun_a", 1), ended("wrun_b", 2))).containsExactly("wrun_a", "wrun_b");
    assertThat(told(ended("wrun_a", 1), ended("wrun_b", 2), ended("wrun_c", 3)))
        .containsExactly("wrun_c");
  }

  /** Its time was given before that of another, and its commit came after it. */
  @Test
  void whatAppearsLateIsToldToo() {
    assertThat(told(ended("wrun_b", 40))).containsExactly("wrun_b");
    assertThat(seen.from()).isBefore(BEGIN.plusSeconds(40)).isAfter(BEGIN);
    assertThat(told(ended("wrun_late", 38), ended("wrun_b", 40))).containsExactly("wrun_late");
  }

  @Test
  void nothingFromBeforeTheBeginningIsRead() {
    assertThat(seen.from()).isEqualTo(BEGIN);
    assertThat(told(ended("wrun_a", 5))).hasSize(1);
    assertThat(seen.from()).isEqualTo(BEGIN);
  }
}
