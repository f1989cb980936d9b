package dev.fantasticfour.world.api.attribute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttributeValueTest {

  private static final AttributeKey<Instant> DUE = AttributeKey.time("due");

  private static void refused(Runnable call, String message) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            WorldException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({"1,1.0", "100,1e2", "0,0.000", "-0.5,-0.50", "10,1.0E+1"})
  void numbersThatSayTheSameAreEqual(String one, String other) {
    assertThat(AttributeValue.of(new BigDecimal(one)))
        .isEqualTo(AttributeValue.of(new BigDecimal(other)))
        .hasSameHashCodeAs(AttributeValue.of(new BigDecimal(other)));
  }

  @Test
  void valuesOfDifferentKindsAreNotEqual() {
    assertThat(
            Set.of(
                AttributeValue.of("1"),
                AttributeValue.of(1L),
                AttributeValue.of(true),
                AttributeValue.of("true"),
                AttributeValue.of(List.of("1"))))
        .hasSize(5);
  }

  @Test
  void attributesAreWrittenAsNativeJson() {
    Map<String, AttributeValue> attributes =
        Map.of(
            "text", AttributeValue.of("a\"b\\c\n\u0001ü"),
            "number", AttributeValue.of(100L),
            "decimal", AttributeValue.of(new BigDecimal("-12.50")),
            "bool", AttributeValue.of(false),
            "texts", AttributeValue.of(List.of("b", "a", "b")),
            "time", DUE.value(Instant.parse("2026-03-01T09:30:00Z")));
    String json = AttributeJson.write(attributes);
    assertThat(json)
        .isEqualTo(
            "{\"bool\":false,\"decimal\":-12.5,\"number\":100,\"text\":\"a\\\"b\\\\c\\u000a\\u0001ü\","
                + "\"texts\":[\"a\",\"b\"],\"time\":\"2026-03-01T09:30:00.000000Z\"}");
    assertThat(AttributeJson.read(json)).isEqualTo(attributes);
  }

  @Test
  void whateverAStoreMakesOfItsFormReadsAsTheSame() {
    assertThat(
            AttributeJson.read(
                " { \"b\" : [ \"y\" , \"x\" ] ,\n"
                    + "\"a\": 1.50 , \"c\":\"\\u00fc\\t\\/\", \"d\": [] } "))
        .isEqualTo(
            Map.of(
                "a", AttributeValue.of(new BigDecimal("1.5")),
                "b", AttributeValue.of(List.of("x", "y")),
                "c", AttributeValue.of("ü\t/"),
                "d", AttributeValue.of(List.of())));
  }

  @Test
  void whatNoAttributeCanBeIsTheTextOfItsJson() {
    assertThat(
            AttributeJson.read(
                "{\"a\": {\"x\": [1, \"}\"]}, \"b\": [1, \"two\"], \"c\": null, \"d\": [[\"e\"]]}"))
        .isEqualTo(
            Map.of(
                "a", AttributeValue.of("{\"x\": [1, \"}\"]}"),
                "b", AttributeValue.of("[1, \"two\"]"),
                "c", AttributeValue.of("null"),
                "d", AttributeValue.of("[[\"e\"]]")));
  }

  @Test
  void changesSayWhatIsRemoved() {
    Map<String, Optional<AttributeValue>> changes =
        Map.of("a", Optional.of(AttributeValue.of(1L)), "b", Optional.empty());
    String json = AttributeJson.writeChanges(changes);
    assertThat(json).isEqualTo("{\"a\":1,\"b\":null}");
    assertThat(AttributeJson.readChanges(json)).isEqualTo(changes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{\"a\":\"x}",
        "{\"a\":1} 2",
        "{\"a\":1e9999999}",
        "{\"a\":\"\\u00g0\"}",
        "{\"a\":[1,{}"
      })
  void whatIsNoObjectIsRefused(String json) {
    refused(() -> AttributeJson.read(json), "JSON object");
  }

  @Test
  void timesAreTextsWhoseOrderIsTheOrderOfTimes() {
    List<Instant> times =
        List.of(
            Instant.parse("0001-01-01T00:00:00Z"),
            Instant.parse("1969-12-31T23:59:59.999999Z"),
            Instant.EPOCH,
            Instant.parse("2026-03-01T09:30:00.5Z"),
            Instant.parse("2026-03-01T10:00:00Z"),
            Instant.parse("9999-12-31T23:59:59.999999Z"));
    assertThat(times.stream().map(DUE::value).map(AttributeJson::write).toList()).isSorted();
    for (Instant time : times) {
      assertThat(DUE.from(Map.of("due", DUE.value(time)))).contains(time);
    }
    assertThat(DUE.value(Instant.parse("1969-12-31T23:59:59.999999999Z")))
        .isEqualTo(AttributeValue.of("1969-12-31T23:59:59.999999Z"));
    refused(() -> DUE.value(Instant.MAX), "years 1 to 9999");
    refused(() -> DUE.value(Instant.parse("0000-12-31T23:59:59Z")), "years 1 to 9999");
  }

  @Test
  void aKeyReadsWhatIsOfItsKind() {
    Map<String, AttributeValue> text =
        Map.of("k", AttributeValue.of("2026-02-30T00:00:00.000000Z"));
    assertThat(AttributeKey.keyword("k").from(text)).isPresent();
    assertThat(AttributeKey.time("k").from(text)).isEmpty();
    assertThat(AttributeKey.number("k").from(text)).isEmpty();
    assertThat(AttributeKey.bool("k").from(text)).isEmpty();
    assertThat(AttributeKey.keywords("k").from(text)).isEmpty();
    assertThat(AttributeKey.keyword("other").from(text)).isEmpty();
    AttributeKey<Long> number = AttributeKey.number("k");
    assertThat(number.from(Map.of("k", number.value(Long.MIN_VALUE)))).contains(Long.MIN_VALUE);
    for (String odd : List.of("1.5", "9223372036854775808", "1e30")) {
      Map<String, AttributeValue> found = Map.of("k", AttributeValue.of(new BigDecimal(odd)));
      assertThat(number.from(found)).as(odd).isEmpty();
      assertThat(AttributeKey.decimal("k").from(found)).isPresent();
    }
    assertThat(AttributeKey.number("k")).isEqualTo(number).isNotEqualTo(AttributeKey.decimal("k"));
    assertThat(number).hasToString("k (number)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "1a", "a b", "ä", "$a", "a\0", "a'"})
  void aKeyHasAPlainName(String name) {
    refused(() -> AttributeKey.keyword(name), "an attribute is called");
  }

  @Test
  void aNameHas64CharactersAtMost() {
    assertThat(AttributeKey.keyword("a".repeat(64)).name()).hasSize(64);
    refused(() -> AttributeKey.keyword("a".repeat(65)), "an attribute is called");
  }

  @Test
  void aValueIsLimited() {
    AttributeKey<String> text = AttributeKey.keyword("k");
    assertThat(text.value("ü".repeat(512))).isNotNull();
    refused(() -> text.value("ü".repeat(513)), "at most 1024 bytes in UTF-8, not 1026");
    refused(() -> text.value("a\0b"), "NUL");
    refused(() -> text.value("\uD800"), "surrogate");
    refused(() -> AttributeKey.keywords("k").value(Set.of("x".repeat(1025))), "1024");
    AttributeKey<BigDecimal> number = AttributeKey.decimal("k");
    assertThat(number.value(new BigDecimal("9".repeat(30) + "." + "9".repeat(8)))).isNotNull();
    refused(() -> number.value(new BigDecimal("9".repeat(39))), "at most 38 digits");
    refused(() -> number.value(new BigDecimal("1e-39")), "at most 38 digits");
    refused(() -> number.value(new BigDecimal("1e2000000000")), "at most 38 digits");
  }

  @Test
  void aRunHas64AttributesOf8KibAtMost() {
    Map<String, AttributeValue> many = new TreeMap<>();
    IntStream.range(0, 64).forEach(i -> many.put("k" + i, AttributeValue.of(i)));
    assertThat(AttributeLimits.require(many)).hasSize(64);
    many.put("one-more", AttributeValue.of(true));
    refused(() -> AttributeLimits.require(many), "at most 64 attributes, not 65");
    Map<String, AttributeValue> large = new TreeMap<>();
    IntStream.range(0, 8).forEach(i -> large.put("k" + i, AttributeValue.of("x".repeat(1_000))));
    assertThat(AttributeLimits.require(large)).hasSize(8);
    large.put("k8", AttributeValue.of("x".repeat(200)));
    refused(() -> AttributeLimits.require(large), "at most 8192 bytes as JSON");
  }
}
