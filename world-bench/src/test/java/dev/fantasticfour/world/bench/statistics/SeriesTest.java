package dev.fantasticfour.world.bench.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesTest {

  @Test
  void theMedianIsTheMiddleOrBetweenTheTwoInTheMiddle() {
    assertThat(Series.of(9, 1, 5).median()).isEqualTo(5);
    assertThat(Series.of(9, 1, 5, 7).median()).isEqualTo(6);
    assertThat(Series.of(3).median()).isEqualTo(3);
  }

  @Test
  void theSpreadIsTheRangeAsAShareOfTheMedian() {
    assertThat(Series.of(90, 100, 115).spread()).isCloseTo(0.25, within(1e-9));
    assertThat(Series.of(4, 4).spread()).isZero();
    assertThat(Series.of(0, 0, 0).spread()).isZero();
    assertThat(Series.of(-1, 0, 1).spread()).isInfinite();
  }

  @Test
  void theRatioIsTakenRepeatByRepeatSoThatDriftCancels() {
    Series ours = Series.of(10, 20, 40);
    Series theirs = Series.of(5, 10, 20);
    assertThat(ours.over(theirs)).isEqualTo(Series.of(2, 2, 2));
    assertThat(ours.spread()).isGreaterThan(1);
    assertThat(ours.over(theirs).spread()).isZero();
  }

  @Test
  void differentNumbersOfRepeatsAreNotCompared() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Series.of(1, 2).over(Series.of(1)))
        .withMessageContaining("2 repeats");
    assertThatIllegalArgumentException().isThrownBy(() -> new Series(List.of()));
  }
}
