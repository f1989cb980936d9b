package dev.fantasticfour.world.api.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.error.WorldException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "a\\b", "a.b", "a\0b"})
  void anUnsafeIdIsRefused(String id) {
    assertThatThrownBy(() -> new RunId(id))
        .isInstanceOf(WorldException.class)
        .hasMessageContaining("run id")
        .hasMessageNotContaining("\0");
  }

  @Test
  void aLongIdIsRefusedAndNotShownWhole() {
    assertThatThrownBy(() -> new RunId("r".repeat(256)))
        .isInstanceOf(WorldException.class)
        .extracting(e -> String.valueOf(e.getMessage()).length())
        .satisfies(length -> assertThat(length).isLessThan(200));
  }

  @Test
  void idsAreComparedByteForByte() {
    assertThat(new RunId("wrun_A")).isLessThan(new RunId("wrun_a"));
    assertThat(new RunId("wrun_A")).isNotEqualTo(new RunId("wrun_a"));
  }
}
