package dev.fantasticfour.world.core.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fantasticfour.world.api.StreamReader.Item;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.LiveStreams;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import dev.fantasticfour.world.core.port.StreamArchive;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is written while nobody stores it is held, and no more of it than may be. */
class HeldChunksTest extends StreamScene {

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
  void anAttemptThatIsOverIsToldSoThoughItWroteWithoutPauseWhileTheStreamerWasAway()
      throws Exception {
    AttemptWriter<String> zombie = writer(here, "step_1", 1);
    zombie.write("a");
    here.streamer.away = true;
    FutureTask<Void> writing =
        new FutureTask<>(
            () -> {
              while (true) {
                zombie.write("more");
              }
            });
    Thread body = Thread.ofVirtual().start(writing);
    writer(there, "step_1", 2).write("b");
    here.streamer.beforeAWrite =
        writer -> {
          while (Thread.currentThread() != body && body.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
          }
        };
    here.streamer.away = false;

    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> writing.get(20, TimeUnit.SECONDS))
        .withCauseInstanceOf(CancellationException.class)
        .withMessageContaining("attempt 2");
  }

  @Test
  void whoWritesIsNotKeptByThoseWhoWriteToTheSameStreamWithoutPause() throws Exception {
    Thread mine = Thread.currentThread();
    List<Restless> others =
        IntStream.range(0, 3).mapToObj(i -> new Restless(here, "other_" + i)).toList();
    here.streamer.beforeAWrite =
        writer -> {
          if (Thread.currentThread() == mine) {
            others.forEach(Restless::awaitWaiting);
          }
          others.forEach(other -> other.sent(writer));
        };
    AttemptWriter<String> writer = writer(here, "step_1", 1);
    try {
      others.forEach(other -> other.body.start());
      for (int i = 0; i < 100; i++) {
        writer.write("mine");
      }
    } finally {
      here.streamer.beforeAWrite = unwatched -> {};
      others.forEach(other -> other.body.interrupt());
    }
    end();
    assertThat(texts(readAll()).filter("mine"::equals)).hasSize(100);
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

  /** Writes one chunk as soon as the last is written, in a step of its own. */
  private static final class Restless {

    private final LiveStreams.Writer step;
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger sent = new AtomicInteger();
    final Thread body;

    Restless(StreamProcesses.Process process, String step) {
      this.step = new LiveStreams.Writer(step, 1);
      AttemptWriter<String> writer = writer(process, step, 1);
      body =
          Thread.ofVirtual()
              .unstarted(
                  new FutureTask<>(
                      () -> {
                        while (true) {
                          begun.incrementAndGet();
                          writer.write("other");
                        }
                      }));
    }

    void sent(LiveStreams.Writer writer) {
      if (step.equals(writer)) {
        sent.incrementAndGet();
      }
    }

    /** Until it has handed over what nobody has sent yet. */
    void awaitWaiting() {
      while (begun.get() <= sent.get() || body.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
    }
  }
}
