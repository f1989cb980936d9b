package dev.fantasticfour.world.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null", "true", " false ", "0", "-0.5e+10", "12345678901234567890.123", "\"\"",
        "\"\\ud83d\\ude00 \\n\\\"\"", "[]", "{}", "[ ]", "{ }", "[[],{}]", "[1,[2],{\"a\":[]}]",
        "{\"a\":1,\"a\":2}", "\n{\"a\" : [ 1 , 2 ] }\t"
      })
  void whatPostgresReadsIsExact(String document) {
    JsonText text = JsonText.of(document.getBytes(UTF_8));
    assertThat(text.isExact()).isTrue();
    assertThat(text.readable()).isEqualTo(document);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "nul",
        "01",
        "1.",
        "+1",
        ".5",
        "1e",
        "\"",
        "\"a\nb\"",
        "\"\\x\"",
        "\"\\u12g4\"",
        "[",
        "]",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "{1:1}",
        "[1}",
        "{\"a\":1]",
        "1 2",
        "\u0000",
        "'a'",
        "\uFEFF1",
        "[\"\\u0000\"",
        "[[]]]"
      })
  void whatIsNotJsonHasNoCopy(String document) {
    JsonText text = JsonText.of(document.getBytes(UTF_8));
    assertThat(text.isExact()).isFalse();
    assertThat(text.readable()).isNull();
  }

  @Test
  void bytesThatAreNotUtf8HaveNoCopy() {
    JsonText text = JsonText.of(new byte[] {'"', (byte) 0xC3, '"'});
    assertThat(text.isExact()).isFalse();
    assertThat(text.readable()).isNull();
  }

  @Test
  void charactersThatPostgresCannotReadAreReplacedInTheCopy() {
    Map.of(
            "{\"a\\u0000\": \"x\\u0000y\\u0000\"}", "{\"a\\ufffd\": \"x\\ufffdy\\ufffd\"}",
            "\"\\ud83d\"", "\"\\ufffd\"",
            "\"\\ude00\\ud83d\\ude00\"", "\"\\ufffd\\ud83d\\ude00\"",
            "\"\\ud83dx\\ud83d\\u0041\"", "\"\\ufffdx\\ufffd\\u0041\"")
        .forEach(
            (document, copy) -> {
              JsonText text = JsonText.of(document.getBytes(UTF_8));
              assertThat(text.isExact()).isFalse();
              assertThat(text.readable()).isEqualTo(copy);
            });
  }

  @Test
  void whatLiesTooDeepIsNullInTheCopy() {
    String deepest = "[".repeat(1000) + "]".repeat(1000);
    assertThat(JsonText.of(deepest.getBytes(UTF_8)).isExact()).isTrue();
    String inner = "{\"b\":[\"\\u0000\"]}";
    String document =
        "{\"a\":1,\"d\":" + "[".repeat(999) + inner + "]".repeat(999) + ",\"z\":\"\\u0000\"}";
    assertThat(JsonText.of(document.getBytes(UTF_8)).readable())
        .isEqualTo(document.replace(inner, "null").replace("\\u0000", "\\ufffd"));
    String bottomless = "[".repeat(200_000);
    assertThat(JsonText.of(bottomless.getBytes(UTF_8)).readable()).isNull();
    assertThat(JsonText.of((bottomless + "]".repeat(200_000)).getBytes(UTF_8)).readable())
        .isEqualTo("[".repeat(1000) + "null" + "]".repeat(1000));
  }
}
