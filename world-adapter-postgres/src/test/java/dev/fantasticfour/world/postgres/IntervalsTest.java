package dev.fantasticfour.world.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class IntervalsTest {

  @Test
  void noNumberIsGreaterThanOldServersRead() {
    assertThat(Intervals.write(Duration.ofHours(1))).isEqualTo("1 hours 0 seconds 0 microseconds");
    assertThat(Intervals.write(Duration.ofSeconds(Long.MAX_VALUE)))
        .isEqualTo("8760000 hours 0 seconds 0 microseconds");
  }

  @Test
  void aNegativeDurationIsTheSumOfItsParts() {
    assertThat(Intervals.write(Duration.ofMillis(-3_600_500)))
        .isEqualTo("-1 hours -1 seconds 500000 microseconds");
  }

  @Test
  void nothingFinerThanAMicrosecondIsKept() {
    assertThat(Intervals.write(Duration.ofNanos(1_999)))
        .isEqualTo("0 hours 0 seconds 1 microseconds");
  }
}
