package dev.fantasticfour.world.tck.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.port.LiveStreams.Chunk;
import dev.fantasticfour.world.core.port.LiveStreams.Read;
import dev.fantasticfour.world.core.port.LiveStreams.Reader;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.tck.Outage;
import dev.fantasticfour.world.tck.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** The streams cannot be reached for a while, or the way to them is cut during a write. */
public interface StreamOutageChapter {

  @Test
  @Rule({"OUT-3", "ST-4"})
  default void anOpenReaderSurvivesAnOutageAndMissesNothing(StreamScene scene) {
    Outage<Streamer> outage = scene.stage().outage();
    Streamer cut = scene.stage().another(outage);
    StreamId stream = scene.stream();
    List<Chunk> read = new ArrayList<>();
    try (Reader reader = cut.read(stream, 0)) {
      scene.write(stream, "0");
      read.addAll(scene.read(reader, 1));
      outage.begin().run();
      try {
        scene.write(stream, "1", "2");
        Throwable refused = catchThrowable(() -> cut.info(stream));
        assertThat(refused).isInstanceOf(WorldException.class);
        assertThat(((WorldException) refused).code()).isEqualTo(ErrorCode.UNAVAILABLE);
      } finally {
        outage.end().run();
      }
      scene.write(stream, "3");
      scene
          .stage()
          .await(
              "the reader has everything",
              () -> {
                if (StreamScene.next(reader, Duration.ofMillis(50)) instanceof Read.Chunks more) {
                  read.addAll(more.chunks());
                }
                return read.size() >= 4;
              });
    }
    assertThat(read).isEqualTo(StreamScene.all(scene.streamer(), stream, 10)).hasSize(4);
    scene.stage().close(cut);
  }

  @Test
  @Rule({"CR-1", "ST-2"})
  default void aWriteThatIsCutStoresAllOfItsChunksOrNone(StreamScene scene) throws Exception {
    Outage<Streamer> outage = scene.stage().outage();
    Streamer cut = scene.stage().another(outage);
    Random random = new Random(Long.getLong("world.tck.seed", System.nanoTime()));
    for (int round = 0; round < 4; round++) {
      StreamId stream = scene.stream();
      Thread writing = Thread.ofVirtual().start(() -> writeOrFail(cut, stream));
      LockSupport.parkNanos(random.nextLong(2_000_000));
      outage.begin().run();
      outage.end().run();
      writing.join();
      assertThat(scene.streamer().info(stream).next()).isIn(0L, 5L);
      scene.stage().await("it answers again", () -> answers(cut, stream));
    }
    scene.stage().close(cut);
  }

  private static void writeOrFail(Streamer to, StreamId stream) {
    try {
      to.write(stream, null, StreamScene.texts("a", "b", "c", "d", "e"));
    } catch (WorldException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
    }
  }

  private static boolean answers(Streamer streamer, StreamId stream) {
    try {
      return streamer.info(stream).next() >= 0;
    } catch (WorldException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
      return false;
    }
  }
}
