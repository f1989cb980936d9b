package dev.fantasticfour.world.core.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fantasticfour.world.api.StreamReader;
import dev.fantasticfour.world.api.StreamReader.Item;
import dev.fantasticfour.world.core.engine.stream.StreamProcesses.Process;
import dev.fantasticfour.world.core.port.StreamArchive;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The streamer forgets, processes die, and the streams go on. */
class StreamLossTest extends StreamScene {

  @Test
  void aStreamGoesOnWhereItWasWhenItWasForgotten() throws Exception {
    AttemptWriter<String> writer = writer(here, "step_1", 1);
    writer.writeAll(List.of("a", "b"));
    try (StreamReader<String> reader = there.steps.reader(RUN, WORDS, 0)) {
      assertThat(read(reader, 2)).containsExactly(chunk(0, "a"), chunk(1, "b"));
      all.lose();
      writer.write("c");
      all.lose();
      all.lose();
      writer.write("d");
      assertThat(read(reader, 2)).containsExactly(chunk(2, "c"), chunk(3, "d"));
      end();
      assertThat(read(reader, 1)).containsExactly(new Item.End<>());
    }
    assertThat(readAll())
        .containsExactly(
            chunk(0, "a"), chunk(1, "b"), chunk(2, "c"), chunk(3, "d"), new Item.End<>());
  }

  @Test
  void whoeverReadsGetsEverythingOfFourWritersThoughAllIsForgottenAgainAndAgain() throws Exception {
    int count = 120;
    List<Process> processes = List.of(here, there, all.another(), all.another());
    List<Item<String>> seen;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<List<Item<String>>> live = threads.submit(this::readAll);
      List<Future<?>> writing = new ArrayList<>();
      for (int w = 0; w < 4; w++) {
        int number = w;
        AttemptWriter<String> writer = writer(processes.get(w), "step_" + w, 1);
        writing.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < count; i++) {
                    writer.write(number + ":" + i);
                    if (number == 0 && i % 10 == 9) {
                      all.lose();
                    }
                  }
                  writer.close();
                }));
      }
      for (Future<?> one : writing) {
        one.get(50, TimeUnit.SECONDS);
      }
      end();
      seen = live.get(20, TimeUnit.SECONDS);
    }
    assertThat(seen).hasSize(4 * count + 1);
    for (int w = 0; w < 4; w++) {
      String prefix = w + ":";
      assertThat(texts(seen).filter(text -> text.startsWith(prefix)))
          .containsExactlyElementsOf(IntStream.range(0, count).mapToObj(i -> prefix + i).toList());
    }
    for (int i = 0; i < seen.size() - 1; i++) {
      assertThat(((Item.Chunk<String>) seen.get(i)).index()).isEqualTo(i);
    }
    assertThat(readAll()).isEqualTo(seen);
  }

  @Test
  void aLowerAttemptIsRefusedThoughTheStreamerHasForgottenTheHigherOne() throws Exception {
    AttemptWriter<String> zombie = writer(here, "step_1", 1);
    zombie.write("old");
    writer(there, "step_1", 2).write("new");
    all.lose();

    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(() -> zombie.write("late"))
        .withMessageContaining("attempt 2");

    writer(there, "step_1", 3).write("newest");
    end();
    assertThat(readAll())
        .containsExactly(
            chunk(0, "old"),
            new Item.Restarted<>(1, "step_1", 0),
            chunk(2, "new"),
            new Item.Restarted<>(3, "step_1", 0),
            chunk(4, "newest"),
            new Item.End<>());
  }

  @Test
  void whatDiedWithItsProcessIsMarked() throws Exception {
    writer(there, "step_0", 1).write("kept");
    all.lose();
    AttemptWriter<String> lost = writer(here, "step_1", 1);
    lost.write("a");
    here.storage.away = true;
    lost.writeAll(List.of("b", "c"));
    try (StreamReader<String> reader = there.steps.reader(RUN, WORDS, 1)) {
      assertThat(read(reader, 3)).contains(chunk(3, "c"));
      here.storage.retire(here.worker);
      all.lose();
      writer(there, "step_1", 2).write("again");
      Item<String> mark = read(reader, 1).getFirst();
      assertThat(mark)
          .isInstanceOfSatisfying(
              Item.Truncated.class,
              truncated -> {
                assertThat(truncated.from()).isEqualTo(4);
                assertThat(truncated.resumesAt()).isGreaterThan(StreamArchive.MOST_UNKEPT);
              });
      try (StreamReader<String> resumed = there.steps.reader(RUN, WORDS, 4)) {
        assertThat(read(resumed, 1)).containsExactly(mark);
      }
    }
    assertThat(there.keeper.end(RUN, there.worker)).isTrue();
    List<Item<String>> kept = readAll();
    assertThat(kept).contains(chunk(0, "kept")).endsWith(new Item.End<>());
    assertThat(kept).filteredOn(Item.Truncated.class::isInstance).hasSize(1);
    assertThat(texts(kept)).endsWith("again").doesNotContain("b", "c");
  }

  @Test
  void whatADeadProcessHasNotHandedInIsCopiedWhileItIsThere() throws Exception {
    AttemptWriter<String> lost = writer(here, "step_1", 1);
    lost.write("a");
    here.storage.away = true;
    lost.writeAll(List.of("b", "c"));
    here.storage.retire(here.worker);

    there.keeper.rescue(List.of(here.worker), there.worker);

    while (there.storage.archived(STREAM, 0, 9).chunks().size() < 3) {
      Thread.onSpinWait();
    }
    all.lose();
    writer(there, "step_1", 2).write("d");
    assertThat(there.keeper.end(RUN, there.worker)).isTrue();
    assertThat(texts(readAll())).containsExactly("a", "b", "c", "d");
  }

  @Test
  void aWriteWithoutAnswerOfTheOnlyWriterGetsTheSameIndexAgain() throws Exception {
    AttemptWriter<String> writer = writer(here, "step_1", 1);
    writer.write("a");
    try (StreamReader<String> reader = there.steps.reader(RUN, WORDS, 0)) {
      losingTheAnswer(reader, List.of(chunk(0, "a"), chunk(1, "b")));
      writer.write("b");
      writer.write("c");
      writer.close();
      assertThat(read(reader, 1)).containsExactly(chunk(2, "c"));
    }
    end();
    assertThat(readAll())
        .containsExactly(chunk(0, "a"), chunk(1, "b"), chunk(2, "c"), new Item.End<>());
  }

  @Test
  void anIndexThatAWriteWithoutAnswerMayHaveHadIsNotGivenToAnother() throws Exception {
    writer(there, "step_2", 1).write("x");
    AttemptWriter<String> writer = writer(here, "step_1", 1);
    writer.write("a");
    try (StreamReader<String> reader = there.steps.reader(RUN, WORDS, 1)) {
      losingTheAnswer(reader, List.of(chunk(1, "a"), chunk(2, "b")));
      writer.write("b");
      writer.close();
      assertThat(read(reader, 2)).containsExactly(new Item.Truncated<>(3, 4), chunk(4, "b"));
    }
    end();
    assertThat(readAll())
        .containsExactly(
            chunk(0, "x"),
            chunk(1, "a"),
            new Item.Truncated<>(2, 4),
            chunk(4, "b"),
            new Item.End<>());
  }

  /** The next write is stored and read, and everything is lost before its writer is told. */
  private void losingTheAnswer(StreamReader<String> reader, List<Item<String>> read) {
    here.streamer.answersLost = 1;
    here.streamer.afterALoss =
        () -> {
          assertThat(readQuietly(reader, read.size())).isEqualTo(read);
          all.lose();
        };
  }

  private static List<Item<String>> readQuietly(StreamReader<String> reader, int count) {
    try {
      return read(reader, count);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aWriteWithoutAnswerIsStoredOnce() throws Exception {
    AttemptWriter<String> writer = writer(here, "step_1", 1);
    here.streamer.answersLost = 2;
    writer.write("a");
    writer.writeAll(List.of("b", "c"));
    writer.close();
    end();
    assertThat(readAll())
        .containsExactly(chunk(0, "a"), chunk(1, "b"), chunk(2, "c"), new Item.End<>());
  }
}
