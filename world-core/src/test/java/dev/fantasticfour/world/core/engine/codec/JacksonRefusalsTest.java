package dev.fantasticfour.world.core.engine.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.workflow.ValueType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be written or read is refused, and named without its content. */
final class JacksonRefusalsTest {

  record Line(String article, int count, BigDecimal price) {}

  record Order(String id, List<Line> lines, Optional<String> note, Map<String, String> labels) {}

  record Checked(int amount) {
    Checked {
      if (amount < 0) {
        throw new IllegalArgumentException("secret " + amount);
      }
    }
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
  interface Leaky {}

  record Leak(int a) implements Leaky {}

  static final class Bean {
    public String getAlpha() {
      return "a";
    }

    public String getBeta() {
      throw new IllegalStateException("secret");
    }
  }

  static final class Knot {
    public Knot getSelf() {
      return this;
    }
  }

  private final PayloadCodec codec = new JacksonPayloadCodec();

  @Test
  void markersThatStoreClassNamesAreRefused() {
    WorldException failure =
        catchThrowableOfType(
            WorldException.class, () -> codec.encode(new Leak(1), ValueType.of(Leaky.class)));

    assertThat(failure.code()).isEqualTo(ErrorCode.SERIALIZATION);
    assertThat(failure).hasMessageContaining("class names");
  }

  @Test
  void aValueThatDoesNotFitIsNamedByPathAndTypeOnly() {
    Payload payload =
        Payload.json("{\"id\":\"1\",\"lines\":[{\"article\":\"t\",\"count\":\"secret\"}]}");

    WorldException failure =
        catchThrowableOfType(
            WorldException.class, () -> codec.decode(payload, ValueType.of(Order.class)));

    assertThat(failure.code()).isEqualTo(ErrorCode.SERIALIZATION);
    assertThat(failure)
        .hasMessageContaining("lines[0].count")
        .hasMessageContaining(Order.class.getName())
        .hasMessageContaining("no int");
    assertThat(stackTrace(failure)).doesNotContain("secret");
  }

  @Test
  void whatCodeOfATypeThrowsIsNamedWithoutItsMessage() {
    WorldException decoding =
        catchThrowableOfType(
            WorldException.class,
            () -> codec.decode(Payload.json("{\"amount\":-7}"), ValueType.of(Checked.class)));
    WorldException encoding =
        catchThrowableOfType(
            WorldException.class, () -> codec.encode(new Bean(), ValueType.of(Bean.class)));

    assertThat(decoding).hasMessageContaining("java.lang.IllegalArgumentException");
    assertThat(encoding).hasMessageContaining("'beta'").hasMessageContaining("IllegalState");
    assertThat(stackTrace(decoding) + stackTrace(encoding)).doesNotContain("secret");
  }

  @Test
  void aTypeThatJacksonCannotWriteIsNamed() {
    ValueType<Object> type = ValueType.of(Object.class);

    WorldException failure =
        catchThrowableOfType(
            WorldException.class, () -> codec.encode(Map.of("a", List.of(new Object())), type));

    assertThat(failure).hasMessageContaining("'a[0]'").hasMessageContaining("java.lang.Object");
  }

  @Test
  void aValueThatRefersToItselfIsRefused() {
    List<Object> endless = new ArrayList<>();
    endless.add(endless);

    for (Object value : List.of(new Knot(), endless)) {
      WorldException failure =
          catchThrowableOfType(
              WorldException.class, () -> codec.encode(value, ValueType.of(Object.class)));
      assertThat(failure.code()).isEqualTo(ErrorCode.SERIALIZATION);
      assertThat(failure.getMessage())
          .containsPattern("refers to itself|self-reference")
          .hasSizeLessThan(1_000);
    }
  }

  @Test
  void malformedJsonIsNamedByItsPlace() {
    WorldException payload =
        catchThrowableOfType(
            WorldException.class,
            () -> codec.decode(Payload.json("{\"a\": secret}"), ValueType.of(Order.class)));
    WorldException document =
        catchThrowableOfType(WorldException.class, () -> codec.json("{\n\"a\": secret}"));

    assertThat(payload.code()).isEqualTo(ErrorCode.SERIALIZATION);
    assertThat(document.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(document).hasMessageContaining("line 2");
    assertThat(stackTrace(payload) + stackTrace(document)).doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "{", "1 2", "{} x", "{\"a\":1,}"})
  void whatIsNoSingleDocumentIsRefused(String text) {
    assertThat(catchThrowableOfType(WorldException.class, () -> codec.json(text)).code())
        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
  }

  @Test
  void anotherCodecIsNamed() {
    WorldException failure =
        catchThrowableOfType(
            WorldException.class,
            () -> codec.decode(Payload.binary(new byte[1]), ValueType.of(String.class)));

    assertThat(failure).hasMessageContaining("'binary'").hasMessageContaining("String");
  }

  private static String stackTrace(Throwable thrown) {
    java.io.StringWriter text = new java.io.StringWriter();
    thrown.printStackTrace(new java.io.PrintWriter(text));
    return text.toString();
  }
}
