package dev.fantasticfour.world.cli.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.error.WorldException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpanTest {

  @ParameterizedTest
  @CsvSource({
    "0,PT0S",
    "30,PT30S",
    "500ms,PT0.5S",
    "30s,PT30S",
    "15M,PT15M",
    "24h,PT24H",
    "7d,P7D"
  })
  void aSpanIsReadInEveryUnit(String typed, Duration meant) {
    assertThat(Span.of("--wait", typed)).isEqualTo(meant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-1", "1.5s", "9999999999s", "30 s", "1w"})
  void whatIsNoneIsRefusedWithTheOptionAndTheForms(String typed) {
    assertThatThrownBy(() -> Span.of("--wait", typed))
        .isInstanceOf(WorldException.class)
        .hasMessageContaining("--wait looks like")
        .hasMessageContaining("'" + typed + "'");
  }
}
