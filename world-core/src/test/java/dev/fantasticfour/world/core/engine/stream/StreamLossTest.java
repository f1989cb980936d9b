package dev.fantasticfour.world.core.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fantasticfour.world.api.StreamReader;
import dev.fantasticfour.world.api.StreamReader.Item;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.workflow.StreamType;
import dev.fantasticfour.world.core.engine.stream.StreamProcesses.Process;
import dev.fantasticfour.world.core.port.LiveStreams;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import dev.fantasticfour.world.core.port.StreamArchive;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The streamer forgets, processes die, and the streams go on. */
@Timeout(60)
class StreamLossTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final RunId RUN = new RunId("wrun_1");
  private static final StreamType<String> WORDS = StreamType.of("words", String.class);
  private static final StreamId STREAM = new StreamId(RUN, "words");

  private final StreamProcesses all = new StreamProcesses();
  private final Process here = all.another();
  private final Process there = all.another();

  @AfterEach
  void close() {
    all.close();
  }

  private static AttemptWriter<String> writer(Process process, String step, int attempt) {
    return process.steps.writer(RUN, new LiveStreams.Writer(step, attempt), WORDS, () -> {});
  }

  private static List<Item<String>> read(StreamReader<String> reader, int count)
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

  private List<Item<String>> readAll() throws InterruptedException {
    try (StreamReader<String> reader = there.steps.reader(RUN, WORDS, 0)) {
      return read(reader, Integer.MAX_VALUE);
    }
  }

  private void end() throws InterruptedException {
    while (!here.keeper.end(RUN, here.worker)) {
      Thread.onSpinWait();
    }
  }

  private static Item<String> chunk(long index, String text) {
    return new Item.Chunk<>(index, text);
  }

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

  private static java.util.stream.Stream<String> texts(List<Item<String>> items) {
    return items.stream()
        .filter(Item.Chunk.class::isInstance)
        .map(item -> ((Item.Chunk<String>) item).value());
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
  void anEndedStreamIsReadWithoutTheStreamer() throws Exception {
    writer(here, "step_1", 1).writeAll(List.of("a", "b", "c"));
    end();
    assertThat(here.streamer.list(RUN)).as("it has been forgotten there").isEmpty();
    try (StreamReader<String> reader = there.steps.reader(RUN, WORDS, -2)) {
      assertThat(read(reader, 9)).containsExactly(chunk(1, "b"), chunk(2, "c"), new Item.End<>());
    }
  }

  @Test
  void aStreamEndsThoughTheStreamerHasForgottenIt() throws Exception {
    AttemptWriter<String> writer = writer(here, "step_1", 1);
    writer.write("a");
    try (StreamReader<String> reader = there.steps.reader(RUN, WORDS, 0)) {
      assertThat(read(reader, 1)).containsExactly(chunk(0, "a"));
      all.lose();
      end();
      assertThat(read(reader, 1)).containsExactly(new Item.End<>());
    }
    assertThat(readAll()).containsExactly(chunk(0, "a"), new Item.End<>());
  }

  @Test
  void whatOnlyTheStreamerHasIsCopiedAtTheEnd() throws Exception {
    AttemptWriter<String> lost = writer(here, "step_1", 1);
    lost.write("a");
    here.storage.away = true;
    lost.writeAll(List.of("b", "c"));
    here.storage.retire(here.worker);
    writer(there, "step_1", 2).write("d");

    assertThat(there.keeper.end(RUN, there.worker)).isTrue();

    all.lose();
    assertThat(readAll())
        .containsExactly(
            chunk(0, "a"),
            chunk(1, "b"),
            chunk(2, "c"),
            new Item.Restarted<>(3, "step_1", 0),
            chunk(4, "d"),
            new Item.End<>());
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
  void whatWasWrittenOutlivesAStreamerThatGoesAwayWhileItsRunEnds() throws Exception {
    try (AttemptWriter<String> writer = writer(here, "step_1", 1)) {
      IntStream.range(0, 10).forEach(i -> writer.write("" + i));
    }
    here.streamer.away = true;
    for (int i = 0; i < 3; i++) {
      assertThatExceptionOfType(WorldException.class)
          .isThrownBy(() -> here.keeper.end(RUN, here.worker));
    }
    while (there.storage.archived(STREAM, 0, 20).chunks().size() < 10) {
      Thread.onSpinWait();
    }
    all.lose();
    here.streamer.away = false;
    end();
    assertThat(texts(readAll()))
        .containsExactlyElementsOf(IntStream.range(0, 10).mapToObj(i -> "" + i).toList());
  }

  @Test
  void anotherProcessThatEndsTheStreamWaitsForWhatIsHeldHere() throws Exception {
    AttemptWriter<String> writer = writer(here, "step_1", 1);
    writer.writeAll(List.of("a", "b"));
    here.streamer.away = true;
    assertThatExceptionOfType(WorldException.class)
        .isThrownBy(() -> here.keeper.end(RUN, here.worker));
    all.lose();
    while (!there.keeper.end(RUN, there.worker)) {
      Thread.onSpinWait();
    }
    assertThat(readAll()).containsExactly(chunk(0, "a"), chunk(1, "b"), new Item.End<>());
  }

  @Test
  void ofTwoWhoEndAStreamAtOnceTheSecondWaits() throws Exception {
    writer(here, "step_1", 1).writeAll(List.of("a", "b"));
    all.lose();
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch both = new CountDownLatch(1);
    here.streamer.beforeAnEnd =
        () -> {
          here.streamer.beforeAnEnd = () -> {};
          first.countDown();
          awaitQuietly(both);
        };
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> one = threads.submit(() -> here.keeper.end(RUN, here.worker));
      first.await();
      FutureTask<Boolean> two = new FutureTask<>(() -> here.keeper.end(RUN, here.worker));
      Thread second = Thread.ofVirtual().start(two);
      while (second.getState() != Thread.State.WAITING && !two.isDone()) {
        Thread.onSpinWait();
      }
      both.countDown();
      assertThat(one.get()).isTrue();
      assertThat(two.get()).isTrue();
    }
    assertThat(readAll()).containsExactly(chunk(0, "a"), chunk(1, "b"), new Item.End<>());
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whoWaitsForMoreIsToldOfTheEndThatTheStreamerDidNotHearOf() throws Exception {
    writer(here, "step_1", 1).write("a");
    try (StreamReader<String> reader = there.steps.reader(RUN, WORDS, 0)) {
      assertThat(read(reader, 1)).containsExactly(chunk(0, "a"));
      here.streamer.beforeAnEnd =
          () -> {
            // It is there again without the stream, and goes away before it is told of the end.
            all.lose();
            here.streamer.beforeAnEnd = () -> here.streamer.away = true;
          };
      assertThatExceptionOfType(WorldException.class)
          .isThrownBy(() -> here.keeper.end(RUN, here.worker));
      here.streamer.beforeAnEnd = () -> {};
      here.streamer.away = false;
      end();
      assertThat(read(reader, 1)).containsExactly(new Item.End<>());
    }
  }

  @Test
  void closingKeepsHoweverMuchThereIs() throws Exception {
    AttemptWriter<String> writer = writer(here, "step_1", 1);
    List<String> many = IntStream.range(0, 5_000).mapToObj(i -> "" + i).toList();
    writer.writeAll(many);
    here.keeper.close(LONG);
    here.storage.retire(here.worker);
    all.lose();
    assertThat(there.keeper.end(RUN, there.worker)).isTrue();
    assertThat(texts(readAll())).containsExactlyElementsOf(many);
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

  @Test
  void whatIsWrittenWhileTheStreamerIsAwayIsHeldAndStoredBeforeTheAttemptEnds() throws Exception {
    AttemptWriter<String> writer = writer(here, "step_1", 1);
    writer.write("a");
    here.streamer.away = true;
    List<String> many = IntStream.range(0, 3_000).mapToObj(i -> "" + i).toList();
    for (String one : many) {
      writer.write(one);
    }
    FutureTask<Boolean> closing = new FutureTask<>(() -> writer.close(() -> false));
    Thread body = Thread.ofVirtual().start(closing);
    while (body.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    all.lose();
    here.streamer.away = false;
    assertThat(closing.get(30, TimeUnit.SECONDS)).isTrue();
    assertThat(there.streamer.info(STREAM).next()).isEqualTo(3_001);
    end();
    assertThat(texts(readAll())).startsWith("a", "0").endsWith("2998", "2999").hasSize(3_001);
  }

  @Test
  void theFirstWriteOfAProcessMayFindTheStreamerAway() throws Exception {
    here.streamer.away = true;
    AttemptWriter<String> writer = writer(here, "step_1", 1);
    writer.write("a");
    writer.write("b");
    int asked = here.streamer.refusals.get();
    while (here.streamer.refusals.get() < asked + 2) {
      Thread.onSpinWait();
    }
    assertThat(there.storage.archived(STREAM, 0, 1).life()).as("opened in vain").isOne();
    here.streamer.away = false;
    assertThat(writer.close(() -> false)).isTrue();
    end();
    assertThat(readAll()).containsExactly(chunk(0, "a"), chunk(1, "b"), new Item.End<>());
  }

  @Test
  void whoWritesWaitsWhenTooMuchIsHeldForAStreamerThatIsAway() throws Exception {
    AttemptWriter<String> writer = writer(here, "step_1", 1);
    writer.write("first");
    here.streamer.away = true;
    String megabyte = "x".repeat(1 << 20);
    AtomicInteger written = new AtomicInteger();
    FutureTask<Void> writing =
        new FutureTask<>(
            () -> {
              for (int i = 0; i < 12; i++) {
                writer.write(megabyte);
                written.incrementAndGet();
              }
              return null;
            });
    Thread body = Thread.ofVirtual().start(writing);
    while (written.get() < 8 || body.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThat(written).hasValue(8);
    here.streamer.away = false;
    writing.get(30, TimeUnit.SECONDS);
    writer.close();
    assertThat(there.streamer.info(STREAM).next()).isEqualTo(13);
  }

  @Test
  void anAttemptWhoseChunksAreHeldByAProcessThatClosesHasNotEnded() throws Exception {
    AttemptWriter<String> writer = writer(here, "step_1", 1);
    writer.write("a");
    here.streamer.away = true;
    writer.writeAll(List.of("b", "c"));
    FutureTask<Boolean> closing = new FutureTask<>(() -> writer.close(() -> false));
    Thread.ofVirtual().start(closing);
    here.keeper.close(LONG);
    assertThat(closing.get(30, TimeUnit.SECONDS)).isFalse();
    here.storage.retire(here.worker);
    assertThat(there.keeper.end(RUN, there.worker)).isTrue();
    List<Item<String>> kept = readAll();
    assertThat(kept).startsWith(chunk(0, "a")).endsWith(new Item.End<>());
    assertThat(kept.get(1)).isInstanceOf(Item.Truncated.class);
  }

  @Test
  void anInterruptOfItsOwnDoesNotKeepABodyFromStoringWhatItWrote() throws Exception {
    AttemptWriter<String> writer = writer(here, "step_1", 1);
    writer.write("a");
    here.streamer.away = true;
    writer.write("b");
    FutureTask<Boolean> closing =
        new FutureTask<>(
            () -> {
              Thread.currentThread().interrupt();
              boolean isStored = writer.close(() -> false);
              return isStored && Thread.interrupted();
            });
    Thread.ofVirtual().start(closing);
    here.streamer.away = false;
    assertThat(closing.get(30, TimeUnit.SECONDS)).isTrue();
    assertThat(there.streamer.info(STREAM).next()).isEqualTo(2);
  }

  private static List<Item<String>> readQuietly(StreamReader<String> reader, int count) {
    try {
      return read(reader, count);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aCallThatWritesMoreThanMayBeHeldWritesItInPieces() throws Exception {
    List<String> many =
        IntStream.range(0, 3 * StreamArchive.MOST_UNKEPT).mapToObj(i -> "" + i).toList();
    writer(here, "step_1", 1).writeAll(many);
    end();
    assertThat(texts(readAll())).containsExactlyElementsOf(many);
  }

  @Test
  void whoWritesWaitsWhenTooMuchIsNotKept() throws Exception {
    AttemptWriter<String> writer = writer(here, "step_1", 1);
    writer.write("first");
    here.storage.away = true;
    String megabyte = "x".repeat(1 << 20);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> writing =
          threads.submit(() -> IntStream.range(0, 12).forEach(i -> writer.write(megabyte)));
      while (there.streamer.info(STREAM).next() < 9) {
        Thread.onSpinWait();
      }
      assertThat(writing.isDone()).isFalse();
      assertThat(there.streamer.info(STREAM).next()).isEqualTo(9);
      here.storage.away = false;
      writing.get(30, TimeUnit.SECONDS);
    }
    assertThat(there.streamer.info(STREAM).next()).isEqualTo(13);
  }

  @Test
  void manyStreamsAreKeptTogetherAndNoneCostsNothing() throws Exception {
    assertThat(there.storage.calls).hasValue(0);
    List<AttemptWriter<String>> writers = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      AttemptWriter<String> writer =
          here.steps.writer(
              new RunId("wrun_many" + i), new LiveStreams.Writer("step_1", 1), WORDS, () -> {});
      writer.write("a");
      writers.add(writer);
    }
    int entered = here.storage.calls.get();
    assertThat(entered).as("at most one call per stream to enter it").isLessThanOrEqualTo(42);
    for (AttemptWriter<String> writer : writers) {
      writer.writeAll(List.of("b", "c"));
      writer.close();
    }
    here.keeper.close(LONG);
    assertThat(here.storage.calls.get() - entered).isLessThanOrEqualTo(4);
    assertThat(
            there.storage.archived(new StreamId(new RunId("wrun_many39"), "words"), 0, 9).chunks())
        .hasSize(3);
    assertThat(there.storage.calls).hasValue(0);
  }
}
