package dev.fantasticfour.world.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.error.WorldException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestsTest {

  @Test
  void aPageHoldsAThousandAtMost() {
    assertThat(PageRequest.newestFirst().withLimit(5_000).limit()).isEqualTo(1_000);
    assertThatThrownBy(() -> PageRequest.newestFirst().withLimit(0))
        .isInstanceOf(WorldException.class)
        .hasMessageContaining("at least 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\0b", "\uD800"})
  void aRunKeyThatNoStoreKeepsIsRefused(String key) {
    assertThatThrownBy(() -> StartOptions.DEFAULT.runKey(key))
        .isInstanceOf(WorldException.class)
        .hasMessageContaining("run key must");
  }

  @Test
  void attributesAreAddedOneByOne() {
    assertThat(StartOptions.DEFAULT.attribute("a", "1").attribute("b", "2").attributes())
        .isEqualTo(Map.of("a", AttributeValue.of("1"), "b", AttributeValue.of("2")));
  }

  @Test
  void aPayloadKeepsItsBytesToItself() {
    byte[] bytes = {1, 2, 3};
    Payload payload = Payload.binary(bytes);
    bytes[0] = 9;
    payload.bytes()[1] = 9;

    assertThat(payload.bytes()).containsExactly(1, 2, 3);
  }

  @Test
  void aPayloadIsNotShownInItsText() {
    assertThat(Payload.json("{\"card\":4711}").toString()).isEqualTo("json[13 bytes]");
  }
}
