package dev.fantasticfour.world.core.engine.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.workflow.ValueType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values under a run key are compared by what they say, not by how it is spelt. */
final class InputHashTest {

  record Order(String id, long cents) {}

  record OrderWithMore(String id, @Nullable String note, long cents) {}

  private final PayloadCodec codec = new JacksonPayloadCodec();

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{\"a\":1,\"b\":2}; { \"b\" : 2,\t\"a\" : 1 }",
        "{\"a\":1}; {\"a\":1,\"b\":null}",
        "{\"a\":{\"b\":[1,{}]}}; {\"a\":{\"c\":null,\"b\":[1,{\"d\":null}]}}",
        "\"A\"; \"\\u0041\"",
        "\"\u00e4\"; \"\\u00E4\"",
        "\"/\"; \"\\/\"",
        "1; 1.0",
        "1; 10e-1",
        "100; 1E+2",
        "0; -0.0",
        "0.10; 0.1",
        "123456789012345678901234567890; 1.2345678901234567890123456789e29",
        "1e99999999999999999999; 10E99999999999999999998",
        "{\"a\":1,\"a\":2}; {\"a\":2}",
        "{\"a\":1,\"a\":null}; {}"
      })
  void oneValueInTwoSpellingsIsOne(String one, String other) {
    assertThat(hash(one)).isEqualTo(hash(other));
  }

  @Test
  void everyValueIsAnother() {
    List<String> values =
        List.of(
            "{}",
            "[]",
            "[null]",
            "[null,null]",
            "[[]]",
            "[{}]",
            "null",
            "true",
            "false",
            "\"true\"",
            "\"null\"",
            "\"\"",
            "\"1\"",
            "\"1e0\"",
            "1",
            "-1",
            "10",
            "0",
            "0.1",
            "1.1",
            "9007199254740993",
            "9007199254740992",
            "1e400",
            "1e401",
            "{\"a\":1}",
            "{\"a\":\"1\"}",
            "{\"b\":1}",
            "{\"a\":[1]}",
            "{\"a\":{}}",
            "{\"ab\":\"c\"}",
            "{\"a\":\"bc\"}",
            "{\"a\":\"b\",\"c\":\"d\"}",
            "[1,2]",
            "[2,1]",
            "[12]",
            "[\"1,2\"]",
            "\"\\uD800\"",
            "\"\\uD801\"",
            "\"\\uFFFD\"",
            "\"e\u0301\"",
            "\"\u00e9\"");
    Set<String> hashes = new LinkedHashSet<>();
    for (String value : values) {
      assertThat(hashes.add(hash(value))).as(value).isTrue();
    }
  }

  @Test
  void aRecordWithOneMoreFieldThatIsNullIsTheSame() {
    Payload before = codec.encode(new Order("1", 5), ValueType.of(Order.class));
    Payload after =
        codec.encode(new OrderWithMore("1", null, 5), ValueType.of(OrderWithMore.class));
    Payload told = codec.encode(new OrderWithMore("1", "n", 5), ValueType.of(OrderWithMore.class));

    assertThat(InputHash.sha256(after)).isEqualTo(InputHash.sha256(before));
    assertThat(InputHash.sha256(told)).isNotEqualTo(InputHash.sha256(before));
  }

  @Test
  void nothingIsNull() {
    assertThat(InputHash.sha256(null)).isEqualTo(hash("null"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "{", "1 2", "{\"a\":}", "[1,]"})
  void whatIsNoJsonIsEqualToItselfOnly(String text) {
    assertThat(hash(text)).isEqualTo(hash(text)).isNotEqualTo(hash(text + " ")).hasSize(64);
    assertThat(hash(text)).isNotEqualTo(InputHash.sha256(Payload.binary(text.getBytes())));
  }

  @Test
  void bytesOfAnotherCodecAreComparedAsTheyAre() {
    Payload one = Payload.of("other", new byte[] {'1'});

    assertThat(InputHash.sha256(one)).isNotEqualTo(hash("1"));
    assertThat(InputHash.sha256(one))
        .isEqualTo(InputHash.sha256(Payload.of("other", new byte[] {'1'})));
  }

  @Test
  void aNumberIsSpeltInOneWayOnly() {
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      BigDecimal number =
          new BigDecimal(new BigInteger(1 + random.nextInt(90), random), random.nextInt(60) - 30);
      BigDecimal signed = random.nextBoolean() ? number : number.negate();
      String form = JsonDigest.number(signed.toString());

      assertThat(JsonDigest.number(signed.toPlainString())).isEqualTo(form);
      assertThat(JsonDigest.number(signed.stripTrailingZeros().toString())).isEqualTo(form);
      assertThat(new BigDecimal(form)).isEqualByComparingTo(signed);
    }
  }

  @Test
  void theHashOfAValueStaysTheSameOverReleases() {
    assertThat(hash("{\"id\":\"42\",\"lines\":[1,2.50,null,true],\"note\":null}"))
        .isEqualTo("10967aeb01ec178496a90171f06bc0806205cad23f7c57d92715877f91a5136b");
  }

  private static String hash(String json) {
    return InputHash.sha256(Payload.json(json));
  }
}
