package dev.fantasticfour.world.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.StreamReader;
import dev.fantasticfour.world.api.StreamReader.Item;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a reader was told of a stream, held to the promise: every index in its turn, or a mark that
 * says where it goes on.
 */
final class StreamTale {

  /** What stands at each index; null where it is said to be gone. */
  private final List<String> told = new ArrayList<>();

  private int marks;

  /** Reads to the end. */
  static StreamTale of(StreamReader<String> reader) throws InterruptedException {
    StreamTale tale = new StreamTale();
    try (reader) {
      while (true) {
        Optional<Item<String>> next = reader.next(Duration.ofSeconds(45));
        assertThat(next).as("what follows on %s items", tale.told.size()).isPresent();
        if (next.get() instanceof Item.End<String>) {
          return tale;
        }
        tale.add(next.get());
      }
    }
  }

  private void add(Item<String> item) {
    switch (item) {
      case Item.Chunk<String>(long index, String text) -> put(index, text);
      case Item.Restarted<String>(long index, String step, long from) ->
          put(index, "restarted " + step + " " + from);
      case Item.Truncated<String>(long from, long resumesAt) -> {
        assertThat(from).as("a mark stands where the next was wanted").isEqualTo(told.size());
        marks++;
        assertThat(resumesAt).as("a mark goes forward").isGreaterThan(from);
        while (told.size() < resumesAt) {
          told.add(null);
        }
      }
      case Item.End<String> end -> {}
    }
  }

  private void put(long index, String text) {
    assertThat(index).as("the index of %s", text).isEqualTo(told.size());
    told.add(text);
  }

  /** What stands at each index in the end. */
  List<String> told() {
    return told;
  }

  /** How often something was said to be gone. */
  int marks() {
    return marks;
  }
}
