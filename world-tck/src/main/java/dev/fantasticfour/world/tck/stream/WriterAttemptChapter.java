package dev.fantasticfour.world.tck.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.core.port.LiveStreams.Chunk;
import dev.fantasticfour.world.core.port.LiveStreams.Info;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import dev.fantasticfour.world.core.port.LiveStreams.Writer;
import dev.fantasticfour.world.core.port.LiveStreams.Written;
import dev.fantasticfour.world.tck.Rule;
import org.junit.jupiter.api.Test;

/** Steps that write and are tried again. */
public interface WriterAttemptChapter {

  private static Written write(StreamScene scene, StreamId stream, Writer by, String... texts) {
    return scene.streamer().write(stream, by, StreamScene.texts(texts));
  }

  private static Chunk data(long index, String text, Writer by) {
    return new Chunk.Data(index, Payload.json(text), by.stepId(), by.attempt());
  }

  @Test
  @Rule("L9")
  default void chunksSayWhoWroteThem(StreamScene scene) {
    StreamId stream = scene.stream();
    Writer writer = new Writer("step_1", 1);
    write(scene, stream, writer, "a");
    write(scene, stream, writer, "b");
    scene.write(stream, "c");
    assertThat(StreamScene.all(scene.peer(), stream, 10))
        .containsExactly(data(0, "a", writer), data(1, "b", writer), StreamScene.data(2, "c"));
  }

  @Test
  @Rule("L9")
  default void aHigherAttemptIsPrecededByAMark(StreamScene scene) {
    StreamId stream = scene.stream();
    Writer first = new Writer("step_1", 1);
    Writer second = new Writer("step_1", 2);
    scene.write(stream, "before");
    write(scene, stream, first, "a", "b");
    assertThat(write(scene, stream, second, "A"))
        .isEqualTo(new Written.Stored(4, new Chunk.Restarted(3, "step_1", 1)));
    assertThat(write(scene, stream, second, "B")).isEqualTo(new Written.Stored(5));
    assertThat(StreamScene.all(scene.peer(), stream, 10))
        .containsExactly(
            StreamScene.data(0, "before"),
            data(1, "a", first),
            data(2, "b", first),
            new Chunk.Restarted(3, "step_1", 1),
            data(4, "A", second),
            data(5, "B", second));
    assertThat(scene.streamer().info(stream)).isEqualTo(new Info(6, false));
  }

  @Test
  @Rule("L9")
  default void everyMarkLeadsToTheFirstChunkOfTheStep(StreamScene scene) {
    StreamId stream = scene.stream();
    write(scene, stream, new Writer("step_1", 1), "a");
    write(scene, stream, new Writer("step_1", 2), "b");
    write(scene, stream, new Writer("step_1", 4), "c");
    assertThat(StreamScene.all(scene.peer(), stream, 10))
        .filteredOn(Chunk.Restarted.class::isInstance)
        .containsExactly(new Chunk.Restarted(1, "step_1", 0), new Chunk.Restarted(3, "step_1", 0));
  }

  @Test
  @Rule("L3")
  default void aLowerAttemptIsRefused(StreamScene scene) {
    StreamId stream = scene.stream();
    write(scene, stream, new Writer("step_1", 3), "a");
    assertThat(scene.peer().write(stream, new Writer("step_1", 2), StreamScene.texts("late")))
        .isEqualTo(new Written.Superseded(3));
    assertThat(scene.streamer().info(stream)).isEqualTo(new Info(1, false));
    assertThat(write(scene, stream, new Writer("step_1", 3), "b")).isEqualTo(new Written.Stored(1));
  }

  @Test
  @Rule("L3")
  default void stepsAndStreamsDoNotMeddleWithEachOther(StreamScene scene) {
    StreamId one = scene.stream();
    StreamId two = scene.stream(one.run(), "other");
    write(scene, one, new Writer("step_1", 2), "a");
    assertThat(write(scene, one, new Writer("step_2", 1), "b")).isEqualTo(new Written.Stored(1));
    assertThat(write(scene, two, new Writer("step_1", 1), "c")).isEqualTo(new Written.Stored(0));
    assertThat(StreamScene.all(scene.peer(), one, 10)).noneMatch(Chunk.Restarted.class::isInstance);
  }

  @Test
  @Rule("ST-10")
  default void theEndBeatsTheAttempt(StreamScene scene) {
    StreamId stream = scene.stream();
    write(scene, stream, new Writer("step_1", 2), "a");
    scene.streamer().end(stream);
    assertThat(write(scene, stream, new Writer("step_1", 3), "b")).isEqualTo(new Written.Ended());
    assertThat(write(scene, stream, new Writer("step_1", 1), "b")).isEqualTo(new Written.Ended());
  }
}
