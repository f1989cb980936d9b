package dev.fantasticfour.world.core.engine.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.workflow.ValueType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values come back as they were. */
final class JacksonPayloadCodecTest {

  record Line(String article, int count, BigDecimal price) {}

  record Order(String id, List<Line> lines, Optional<String> note, Map<String, String> labels) {}

  record Times(
      Instant instant,
      Duration duration,
      LocalDate date,
      OffsetDateTime offset,
      ZonedDateTime zoned) {}

  record Empty() {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Circle.class, name = "circle"),
    @JsonSubTypes.Type(value = Square.class, name = "square")
  })
  sealed interface Shape {}

  record Circle(double radius) implements Shape {}

  record Square(double side) implements Shape {}

  private final PayloadCodec codec = new JacksonPayloadCodec();

  @Test
  void aRecordComesBackAsItWas() {
    Order order =
        new Order(
            "42",
            List.of(new Line("tea", 2, new BigDecimal("10.10"))),
            Optional.of("soon"),
            Map.of("a", "b"));

    assertThat(roundTrip(order, ValueType.of(Order.class))).isEqualTo(order);
  }

  @Test
  void aRecordIsReadableJson() {
    Payload payload =
        codec.encode(new Line("tea", 2, new BigDecimal("10.10")), ValueType.of(Line.class));

    assertThat(payload.codec()).isEqualTo(Payload.JSON);
    assertThat(payload.text()).isEqualTo("{\"article\":\"tea\",\"count\":2,\"price\":10.10}");
  }

  @Test
  void timesAreIsoTextAndKeepOffsetAndZone() {
    Times times =
        new Times(
            Instant.parse("2024-02-29T12:00:00.123456789Z"),
            Duration.ofMillis(90_500),
            LocalDate.of(2024, 2, 29),
            OffsetDateTime.parse("2024-02-29T12:00:00+05:30"),
            ZonedDateTime.parse("2024-02-29T12:00:00+01:00[Europe/Paris]"));
    ValueType<Times> type = ValueType.of(Times.class);

    assertThat(codec.encode(times, type).text())
        .contains("\"2024-02-29T12:00:00.123456789Z\"", "\"PT1M30.5S\"", "\"2024-02-29\"");
    assertThat(roundTrip(times, type)).isEqualTo(times);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.1", "1.00", "1E+400", "123456789012345678901234567890.123456789"})
  void decimalsAreExactEvenWithoutADeclaredType(String number) {
    BigDecimal exact = new BigDecimal(number);
    ValueType<Map<String, Object>> untyped = new ValueType<>() {};

    assertThat(roundTrip(exact, ValueType.of(BigDecimal.class))).isEqualTo(exact);
    assertThat(roundTrip(Map.of("n", exact), untyped)).containsEntry("n", exact);
  }

  @Test
  void whatCanBeWrittenCanBeRead() {
    BigInteger long_ = BigInteger.TEN.pow(20_000);
    String name = "k".repeat(60_000);
    ValueType<Map<String, BigInteger>> type = new ValueType<>() {};

    assertThat(roundTrip(Map.of(name, long_), type)).isEqualTo(Map.of(name, long_));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\uD800b", "\uDC00", "nul \0 here", "\uD83D\uDE00", "é\uD800"})
  void anyTextComesBackAsItWas(String text) {
    assertThat(roundTrip(text, ValueType.of(String.class))).isEqualTo(text);
    assertThat(roundTrip(List.of(text), new ValueType<List<String>>() {})).containsExactly(text);
  }

  @Test
  void sealedTypesFollowTheirAnnotations() {
    ValueType<List<Shape>> type = new ValueType<>() {};
    List<Shape> shapes = List.of(new Circle(1), new Square(2));

    assertThat(codec.encode(shapes, type).text())
        .isEqualTo("[{\"kind\":\"circle\",\"radius\":1.0},{\"kind\":\"square\",\"side\":2.0}]");
    assertThat(roundTrip(shapes, type)).isEqualTo(shapes);
  }

  @Test
  void nullAndVoidAreAbsent() {
    assertThat(codec.encode(null, ValueType.of(String.class))).isNull();
    assertThat(codec.encode("ignored", ValueType.of(Void.class))).isNull();
    assertThat(codec.decode(null, ValueType.of(String.class))).isNull();
    assertThat(codec.decode(Payload.json("1"), ValueType.of(Void.class))).isNull();
    assertThat(codec.decode(Payload.json("null"), ValueType.of(String.class))).isNull();
  }

  @Test
  void anEmptyOptionalIsNotAbsent() {
    ValueType<Optional<String>> type = new ValueType<>() {};

    assertThat(roundTrip(Optional.empty(), type)).isEmpty();
  }

  @Test
  void anEmptyRecordIsAnEmptyObject() {
    assertThat(roundTrip(new Empty(), ValueType.of(Empty.class))).isEqualTo(new Empty());
  }

  @Test
  void aPayloadPassesThroughUntouched() {
    Payload binary = Payload.binary(new byte[] {1, 2, 3});
    ValueType<Payload> type = ValueType.of(Payload.class);

    assertThat(codec.encode(binary, type)).isSameAs(binary);
    assertThat(codec.decode(binary, type)).isSameAs(binary);
  }

  @Test
  void unknownFieldsAreSkipped() {
    Payload newer =
        Payload.json("{\"article\":\"tea\",\"count\":1,\"price\":1,\"colour\":{\"a\":[1]}}");

    assertThat(codec.decode(newer, ValueType.of(Line.class)).article()).isEqualTo("tea");
  }

  @Test
  void mapsAndSetsGiveTheSameBytesInAnyOrder() {
    ValueType<Map<String, Integer>> maps = new ValueType<>() {};
    Map<String, Integer> one = new LinkedHashMap<>();
    Map<String, Integer> other = new LinkedHashMap<>();
    List<String> keys = List.of("d", "a", "c", "b");
    keys.forEach(key -> one.put(key, 1));
    keys.reversed().forEach(key -> other.put(key, 1));

    assertThat(codec.encode(one, maps)).isEqualTo(codec.encode(other, maps));
    assertThat(codec.encode(Set.of("d", "a", "c", "b"), new ValueType<Set<String>>() {}).text())
        .isEqualTo("[\"a\",\"b\",\"c\",\"d\"]");
    assertThat(
            codec
                .encode(
                    EnumSet.of(ErrorCode.CLOSED, ErrorCode.INVALID_ARGUMENT),
                    new ValueType<EnumSet<ErrorCode>>() {})
                .text())
        .isEqualTo("[\"INVALID_ARGUMENT\",\"CLOSED\"]");
  }

  @Test
  void theHashTellsInputsApart() {
    assertThat(InputHash.sha256(Payload.json("1"))).hasSize(64).matches("[0-9a-f]+");
    assertThat(InputHash.sha256(Payload.json("1"))).isEqualTo(InputHash.sha256(Payload.json("1")));
    assertThat(InputHash.sha256(Payload.json("1")))
        .isNotEqualTo(InputHash.sha256(Payload.of("binary", new byte[] {'1'})))
        .isNotEqualTo(InputHash.sha256(null));
  }

  @Test
  void aDocumentIsKeptAsWritten() {
    assertThat(codec.json("{ \"b\": 1.0,\n \"a\": 2 }").text())
        .isEqualTo("{ \"b\": 1.0,\n \"a\": 2 }");
  }

  private <T> T roundTrip(T value, ValueType<T> type) {
    return codec.decode(codec.encode(value, type), type);
  }
}
