package dev.fantasticfour.world.bench.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {

  private static final long MILLI = 1_000_000;

  @Test
  void percentilesAreOfTheNearestRank() {
    Latencies hundred =
        Latencies.ofNanos(LongStream.rangeClosed(1, 100).map(i -> (101 - i) * MILLI).toArray());
    assertThat(hundred.count()).isEqualTo(100);
    assertThat(hundred.percentileMillis(0.5)).isEqualTo(50);
    assertThat(hundred.percentileMillis(0.99)).isEqualTo(99);
    assertThat(hundred.percentileMillis(1)).isEqualTo(100);
    assertThat(hundred.percentileMillis(0.001)).isEqualTo(1);
  }

  @Test
  void theOnlyValueIsEveryPercentile() {
    Latencies one = Latencies.ofNanos(new long[] {7 * MILLI});
    assertThat(one.percentileMillis(0.01)).isEqualTo(7);
    assertThat(one.percentileMillis(0.99)).isEqualTo(7);
  }

  @Test
  void whatIsGivenIsNotChanged() {
    long[] nanos = {3, 1, 2};
    Latencies.ofNanos(nanos);
    assertThat(nanos).containsExactly(3, 1, 2);
  }

  @Test
  void nothingMeasuredAndImpossibleSharesAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Latencies.ofNanos(new long[0]));
    Latencies one = Latencies.ofNanos(new long[] {1});
    assertThatIllegalArgumentException().isThrownBy(() -> one.percentileMillis(0));
    assertThatIllegalArgumentException().isThrownBy(() -> one.percentileMillis(1.1));
    assertThatIllegalArgumentException().isThrownBy(() -> one.percentileMillis(Double.NaN));
  }
}
