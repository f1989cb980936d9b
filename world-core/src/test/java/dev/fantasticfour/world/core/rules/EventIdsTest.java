package dev.fantasticfour.world.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.run.RunId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class EventIdsTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456Z");

  @Test
  void idsNeverChange() {
    assertThat(EventIds.of(new RunId("wrun_01JAAAAAAAAAAAAAAAAAAAAAAA"), 1, NOW))
        .isEqualTo("evnt_01KJMMA2KVT0X38P0000000001");
  }

  @Test
  void idsSortAsPositionsDo() {
    RunId run = new RunId("r");
    String before = "";
    Instant time = NOW;
    for (long position : new long[] {1, 2, 31, 32, 33, 1023, 1024, 1L << 40}) {
      String id = EventIds.of(run, position, time);
      assertThat(id).hasSize(31).matches("evnt_[0-9A-HJKMNP-TV-Z]{26}").isGreaterThan(before);
      before = id;
      time = time.plusNanos(400_000);
    }
  }

  @Test
  void runsDoNotShareIds() {
    assertThat(EventIds.of(new RunId("a"), 1, NOW))
        .isNotEqualTo(EventIds.of(new RunId("b"), 1, NOW));
  }
}
