package dev.fantasticfour.world.core.engine.stream;

import dev.fantasticfour.world.api.StreamReader;
import dev.fantasticfour.world.api.StreamReader.Item;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.workflow.StreamType;
import dev.fantasticfour.world.core.engine.stream.StreamProcesses.Process;
import dev.fantasticfour.world.core.port.LiveStreams;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** One stream, and two processes that write to it and read it. */
@Timeout(60)
abstract class StreamScene {

  static final Duration LONG = Duration.ofSeconds(20);
  static final RunId RUN = new RunId("wrun_1");
  static final StreamType<String> WORDS = StreamType.of("words", String.class);
  static final StreamId STREAM = new StreamId(RUN, "words");

  final StreamProcesses all = new StreamProcesses();
  final Process here = all.another();
  final Process there = all.another();

  @AfterEach
  void close() {
    all.close();
  }

  static AttemptWriter<String> writer(Process process, String step, int attempt) {
    return process.steps.writer(RUN, new LiveStreams.Writer(step, attempt), WORDS, () -> {});
  }

  static List<Item<String>> read(StreamReader<String> reader, int count)
      throws InterruptedException {
    List<Item<String>> items = new ArrayList<>();
    while (items.size() < count) {
      Item<String> next = reader.next(LONG).orElseThrow();
      items.add(next);
      if (next instanceof Item.End<String>) {
        break;
      }
    }
    return items;
  }

  List<Item<String>> readAll() throws InterruptedException {
    try (StreamReader<String> reader = there.steps.reader(RUN, WORDS, 0)) {
      return read(reader, Integer.MAX_VALUE);
    }
  }

  void end() throws InterruptedException {
    while (!here.keeper.end(RUN, here.worker)) {
      Thread.onSpinWait();
    }
  }

  static Item<String> chunk(long index, String text) {
    return new Item.Chunk<>(index, text);
  }

  static java.util.stream.Stream<String> texts(List<Item<String>> items) {
    return items.stream()
        .filter(Item.Chunk.class::isInstance)
        .map(item -> ((Item.Chunk<String>) item).value());
  }
}
