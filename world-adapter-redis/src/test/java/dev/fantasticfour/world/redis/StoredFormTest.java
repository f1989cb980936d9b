package dev.fantasticfour.world.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is stored can be read back, and keys never meet. */
final class StoredFormTest {

  private final RedisKeys keys = new RedisKeys("p_");

  @Test
  void anyTextIsEscapedInjectivelyAndReadBack() {
    List<String> odd =
        List.of("a", "A", "{a}", "a}:x", "%007b", "{", "a b", "ü", "😀", "\uD83D", "\uDE00", "a/b");

    assertThat(odd.stream().map(KeyText::escape)).doesNotHaveDuplicates();
    assertThat(odd.stream().map(KeyText::escape)).allMatch(text -> text.matches("[\\w.%-]+"));
    assertThat(odd.stream().map(KeyText::escape).map(KeyText::unescape))
        .containsExactlyElementsOf(odd);
  }

  @Test
  void allKeysOfAQueueOrARunShareOneHashTag() {
    StreamId stream = new StreamId(new RunId("r{1}"), "s{2}");

    assertThat(keys.queue("q{1}")).hasSize(21).doesNotHaveDuplicates();
    assertThat(keys.queue("q{1}")).allMatch(key -> key.startsWith("p_queue:{q%007b1%007d}:"));
    assertThat(keys.queue("q")).contains(keys.bell("q"));
    assertThat(
            List.of(
                keys.chunks(stream),
                keys.meta(stream),
                keys.names(stream.run()),
                keys.channel(stream)))
        .allMatch(key -> key.startsWith("p_run:{r%007b1%007d}:"));
  }

  @Test
  void aLongHeaderSurvives() throws Exception {
    String text = "ü\uD800\0".repeat(40_000);
    Envelope envelope = new Envelope(Payload.of("c", new byte[] {1}), Map.of(text, text, "", ""));

    assertThat(Envelope.decode(envelope.encode())).isEqualTo(envelope);
  }

  @Test
  void bytesThatAreNoMessageAreRefusedWhereverTheyBreakOff() {
    byte[] good = new Envelope(Payload.of("codec", new byte[0]), Map.of("a", "b")).encode();

    for (int length = 0; length < good.length; length++) {
      byte[] cut = Arrays.copyOf(good, length);
      assertThatThrownBy(() -> Envelope.decode(cut)).isInstanceOf(IOException.class);
    }
  }
}
