package dev.fantasticfour.world.tck.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.core.port.LiveStreams.Chunk;
import dev.fantasticfour.world.core.port.LiveStreams.HighestAttempt;
import dev.fantasticfour.world.core.port.LiveStreams.Info;
import dev.fantasticfour.world.core.port.LiveStreams.Life;
import dev.fantasticfour.world.core.port.LiveStreams.Read;
import dev.fantasticfour.world.core.port.LiveStreams.Reader;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import dev.fantasticfour.world.core.port.LiveStreams.WriteId;
import dev.fantasticfour.world.core.port.LiveStreams.Writer;
import dev.fantasticfour.world.core.port.LiveStreams.Written;
import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.tck.Rule;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The lives of a stream: what follows when the streamer has lost what it held. */
public interface LifeChapter {

  /** The numbers of writes. */
  AtomicLong NUMBERS = new AtomicLong();

  private static StreamId stream() {
    // Not of the scene: its indices do not begin at 0.
    return new StreamId(StreamScene.runId(), "out");
  }

  private static Life life(long number, long base) {
    return new Life(number, base, Map.of());
  }

  private static Written write(StreamScene scene, StreamId stream, long life, String... texts) {
    return scene.peer().write(stream, life, fresh(), null, StreamScene.texts(texts));
  }

  /** A write that is not the one before. */
  private static WriteId fresh() {
    return new WriteId("of the kit", NUMBERS.incrementAndGet());
  }

  @Test
  @Rule("ST-20")
  default void aLifeBeginsAtItsBase(StreamScene scene) {
    StreamId stream = stream();
    assertThat(scene.streamer().open(stream, life(1, 7))).isTrue();
    assertThat(scene.peer().info(stream)).isEqualTo(new Info(1, 7, 7, false));
    assertThat(write(scene, stream, 1, "a", "b")).isEqualTo(new Written.Stored(7));
    assertThat(write(scene, stream, 1, "c")).isEqualTo(new Written.Stored(9));
    assertThat(scene.peer().info(stream)).isEqualTo(new Info(1, 7, 10, false));
    assertThat(StreamScene.all(scene.peer(), stream, 2))
        .containsExactly(
            StreamScene.data(7, "a"), StreamScene.data(8, "b"), StreamScene.data(9, "c"));
  }

  @Test
  @Rule("ST-20")
  default void aLifeIsOpenedOnceAndNeverAfterALaterOne(StreamScene scene) {
    StreamId stream = stream();
    assertThat(scene.streamer().open(stream, life(2, 0))).isTrue();
    write(scene, stream, 2, "a");
    assertThat(scene.peer().open(stream, life(2, 5))).isFalse();
    assertThat(scene.peer().open(stream, life(1, 5))).isFalse();
    assertThat(scene.peer().info(stream)).isEqualTo(new Info(2, 0, 1, false));
  }

  @Test
  @Rule("ST-21")
  default void nothingIsWrittenInALifeThatIsNotThere(StreamScene scene) {
    StreamId stream = stream();
    assertThat(write(scene, stream, 1, "a")).isEqualTo(new Written.Lost());
    assertThat(scene.peer().list(stream.run())).isEmpty();
    scene.streamer().open(stream, life(1, 0));
    assertThat(write(scene, stream, 1, "a")).isEqualTo(new Written.Stored(0));
    scene.streamer().open(stream, life(2, 1));
    assertThat(write(scene, stream, 1, "late")).isEqualTo(new Written.Lost());
    assertThat(write(scene, stream, 3, "early")).isEqualTo(new Written.Lost());
    assertThat(write(scene, stream, 2, "b")).isEqualTo(new Written.Stored(1));
    assertThat(StreamScene.all(scene.streamer(), stream, 9))
        .containsExactly(StreamScene.data(1, "b"));
  }

  @Test
  @Rule({"ST-25", "L9"})
  default void aWriteThatIsRepeatedIsStoredOnce(StreamScene scene) {
    StreamId stream = stream();
    Streamer streamer = scene.streamer();
    streamer.open(stream, life(1, 5));
    Writer again = new Writer("step_1", 2);
    write(scene, stream, 1, "before");
    streamer.write(stream, 1, fresh(), new Writer("step_1", 1), StreamScene.texts("old"));
    WriteId one = new WriteId("one {1} 2", 7);
    WriteId other = new WriteId("two", 7);
    Written first = streamer.write(stream, 1, one, again, StreamScene.texts("a", "b"));
    assertThat(first).isEqualTo(new Written.Stored(8, new Chunk.Restarted(7, "step_1", 6)));
    assertThat(streamer.write(stream, 1, other, again, StreamScene.texts("c")))
        .isEqualTo(new Written.Stored(10));
    assertThat(scene.peer().write(stream, 1, one, again, StreamScene.texts("a", "b")))
        .isEqualTo(first);
    assertThat(streamer.info(stream).next()).isEqualTo(11);
    streamer.end(stream, 1);
    assertThat(scene.peer().write(stream, 1, other, again, StreamScene.texts("c")))
        .isEqualTo(new Written.Stored(10));
    assertThat(streamer.write(stream, 1, new WriteId("two", 8), again, StreamScene.texts("d")))
        .isEqualTo(new Written.Ended());
    streamer.open(stream, life(2, 20));
    assertThat(streamer.write(stream, 2, other, again, StreamScene.texts("c")))
        .isEqualTo(new Written.Stored(20));
  }

  @Test
  @Rule("ST-24")
  default void aLifeIsEndedAndItsEndIsTold(StreamScene scene) {
    StreamId stream = stream();
    assertThat(scene.streamer().end(stream, 1)).isEmpty();
    assertThat(scene.peer().list(stream.run())).isEmpty();
    scene.streamer().open(stream, life(1, 7));
    write(scene, stream, 1, "a", "b");
    assertThat(scene.peer().end(stream, 1)).hasValue(9);
    assertThat(scene.streamer().end(stream, 1)).hasValue(9);
    assertThat(scene.streamer().info(stream)).isEqualTo(new Info(1, 7, 9, true));
    assertThat(write(scene, stream, 1, "late")).isEqualTo(new Written.Ended());
  }

  @Test
  @Rule({"ST-24", "L9"})
  default void aLifeThatIsNotThereIsNotEnded(StreamScene scene) {
    StreamId stream = stream();
    scene.streamer().open(stream, life(2, 0));
    assertThat(scene.peer().end(stream, 1)).isEmpty();
    assertThat(scene.peer().end(stream, 3)).isEmpty();
    assertThat(write(scene, stream, 2, "a")).isEqualTo(new Written.Stored(0));
    assertThat(scene.peer().info(stream)).isEqualTo(new Info(2, 0, 1, false));
  }

  @Test
  @Rule({"ST-21", "L3"})
  default void aLifeKnowsWhatStepsHaveWrittenBefore(StreamScene scene) {
    StreamId stream = stream();
    scene
        .streamer()
        .open(
            stream,
            new Life(
                3,
                9,
                Map.of("step_1", new HighestAttempt(2, 4), "step 2", new HighestAttempt(1, 6))));
    List<Payload> text = StreamScene.texts("a");
    assertThat(scene.peer().write(stream, 3, fresh(), new Writer("step_1", 1), text))
        .isEqualTo(new Written.Superseded(2));
    assertThat(scene.peer().write(stream, 3, fresh(), new Writer("step_1", 2), text))
        .isEqualTo(new Written.Stored(9));
    assertThat(scene.peer().write(stream, 3, fresh(), new Writer("step 2", 2), text))
        .isEqualTo(new Written.Stored(11, new Chunk.Restarted(10, "step 2", 6)));
  }

  @Test
  @Rule({"ST-22", "L9"})
  default void aReadBelowTheBaseIsTold(StreamScene scene) {
    StreamId stream = stream();
    scene.streamer().open(stream, life(4, 7));
    write(scene, stream, 4, "a");
    try (Reader reader = scene.peer().read(stream, 5)) {
      assertThat(scene.next(reader)).isEqualTo(new Read.Truncated(5, 7));
      assertThat(reader.life()).isEqualTo(4);
      assertThat(scene.read(reader, 1)).containsExactly(StreamScene.data(7, "a"));
      assertThat(reader.life()).isEqualTo(4);
    }
    try (Reader reader = scene.peer().read(stream, 7)) {
      assertThat(scene.read(reader, 1)).containsExactly(StreamScene.data(7, "a"));
    }
  }

  @Test
  @Rule({"ST-22", "L9"})
  default void whoReadsIsToldOfTheNextLife(StreamScene scene) {
    StreamId stream = stream();
    scene.streamer().open(stream, life(1, 0));
    write(scene, stream, 1, "a", "b", "c");
    try (Reader reader = scene.peer().read(stream, 0)) {
      assertThat(scene.read(reader, 3)).hasSize(3);
      scene.streamer().open(stream, life(2, 2));
      write(scene, stream, 2, "C");
      assertThat(scene.next(reader)).isEqualTo(new Read.Truncated(3, 2));
      assertThat(reader.life()).isEqualTo(2);
      assertThat(scene.read(reader, 1)).containsExactly(StreamScene.data(2, "C"));
      scene.streamer().end(stream);
      assertThat(scene.next(reader)).isEqualTo(new Read.End());
    }
  }

  @Test
  @Rule("ST-23")
  default void onlyWhatHasEndedIsForgotten(StreamScene scene) {
    StreamId stream = stream();
    scene.streamer().open(stream, life(1, 0));
    write(scene, stream, 1, "a");
    scene.peer().forget(stream);
    assertThat(write(scene, stream, 1, "b")).isEqualTo(new Written.Stored(1));
    scene.streamer().end(stream);
    scene.peer().forget(stream);
    scene.peer().forget(stream);
    scene.peer().forget(stream());
  }
}
