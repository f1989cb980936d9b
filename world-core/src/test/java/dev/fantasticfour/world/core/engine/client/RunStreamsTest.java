package dev.fantasticfour.world.core.engine.client;

import static dev.fantasticfour.world.core.engine.client.ClientWorld.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.StreamReader;
import dev.fantasticfour.world.api.StreamReader.Item;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.workflow.StreamType;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The streams of a run as its client reads them. */
@Timeout(30)
class RunStreamsTest {

  private final ClientWorld world = new ClientWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aStreamIsReadAsValues() throws Exception {
    RunId run = world.startOwned();
    StreamType<Integer> numbers = StreamType.of("numbers", Integer.class);
    world.streamer.write(
        new StreamId(run, "numbers"), null, List.of(Payload.json("1"), Payload.json("2")));

    assertThat(world.client.streams(run.value())).containsExactly("numbers");
    try (StreamReader<Integer> reader = world.client.run(run.value()).stream(numbers, -1)) {
      assertThat(reader.next(LONG)).contains(new Item.Chunk<>(1, 2));
    }
  }

  @Test
  void aStreamThatWasNeverWrittenToEndsWithItsRun() throws Exception {
    RunId run = world.startOwned();
    StreamType<Integer> never = StreamType.of("never", Integer.class);
    try (StreamReader<Integer> reader = world.client.run(run.value()).stream(never, 0)) {
      assertThat(reader.next(Duration.ofMillis(50))).isEmpty();

      world.completes(run, "1");
      world.node.sawEnding(run);

      assertThat(reader.next(LONG)).contains(new Item.End<>());
      assertThat(reader.next(Duration.ZERO)).contains(new Item.End<>());
    }
    try (StreamReader<Integer> late = world.client.run(run.value()).stream(never, -3)) {
      assertThat(late.next(LONG)).contains(new Item.End<>());
    }
  }

  @Test
  void aStreamThatWasWrittenToEndsWhenItIsSettled() throws Exception {
    RunId run = world.startOwned();
    StreamType<Integer> numbers = StreamType.of("numbers", Integer.class);
    StreamId stream = new StreamId(run, "numbers");
    world.streamer.write(stream, null, List.of(Payload.json("1")));
    world.completes(run, "1");
    world.node.sawEnding(run);

    try (StreamReader<Integer> reader = world.client.run(run.value()).stream(numbers, 1)) {
      assertThat(reader.next(Duration.ofMillis(100))).isEmpty();
      world.streamer.end(stream);

      assertThat(reader.next(LONG)).contains(new Item.End<>());
    }
  }

  @Test
  void aStreamOfARunThatThereIsNotIsRefused() throws Exception {
    StreamType<Integer> numbers = StreamType.of("numbers", Integer.class);
    try (StreamReader<Integer> reader = world.client.run("wrun_none").stream(numbers, 0)) {
      WorldException unknown = catchThrowableOfType(WorldException.class, () -> reader.next(LONG));

      assertThat(unknown.code()).isEqualTo(ErrorCode.RUN_NOT_FOUND);
      assertThat(unknown).hasMessageContaining("wrun_none");
    }
  }
}
