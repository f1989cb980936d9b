package dev.fantasticfour.world.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Payload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Payloads are shown as they are. */
class JsonTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.1234567890123456789",
        "12345678901234567890123",
        "1E+400",
        "-1E-400",
        "1.50",
        "0.0",
        "{\"a\":[1.10,100000000000000000001]}",
        "\"1e400\""
      })
  void numbersAreNotRounded(String document) {
    assertThat(Json.line(Json.of(Payload.json(document)))).isEqualTo(document);
    assertThat(Json.lines(Json.of(Payload.json(document))).replaceAll("\\s", ""))
        .isEqualTo(document);
  }

  @Test
  void longNumbersAreNumbersToo() {
    String digits = "7".repeat(5_000);
    assertThat(Json.line(Json.of(Payload.json(digits)))).isEqualTo(digits);
  }
}
