package dev.fantasticfour.world.core.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fantasticfour.world.api.StreamReader;
import dev.fantasticfour.world.api.StreamReader.Item;
import dev.fantasticfour.world.api.error.WorldException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A stream ends once, with all that was written to it, whoever is away then. */
class StreamEndTest extends StreamScene {

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
}
