package dev.fantasticfour.world.tck.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.core.port.LiveStreams;
import dev.fantasticfour.world.core.port.LiveStreams.Chunk;
import dev.fantasticfour.world.core.port.LiveStreams.Reader;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import dev.fantasticfour.world.core.port.LiveStreams.Writer;
import dev.fantasticfour.world.core.port.LiveStreams.Written;
import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.tck.Harness;
import dev.fantasticfour.world.tck.Racers;
import dev.fantasticfour.world.tck.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Writers, readers and the end, all at once. */
public interface StreamRaceChapter {

  private static Streamer at(StreamScene scene, int i) {
    return i % 2 == 0 ? scene.streamer() : scene.peer();
  }

  @Test
  @Rule({"ST-2", "ST-3", "ST-4"})
  default void allReadersSeeOneOrderOfManyWriters(StreamScene scene) throws Exception {
    StreamId stream = scene.stream();
    int each = Harness.sized(100, 250);
    List<Callable<List<Chunk>>> racers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Streamer from = at(scene, i);
      racers.add(
          () -> {
            try (Reader reader = from.read(stream, 0)) {
              return scene.read(reader, 4 * each);
            }
          });
    }
    for (int i = 0; i < 4; i++) {
      Streamer to = at(scene, i);
      String writer = "w" + i + "-";
      racers.add(
          () -> {
            for (int n = 0; n < each; n++) {
              to.write(stream, null, StreamScene.texts(writer + n));
            }
            return List.of();
          });
    }
    List<List<Chunk>> read = Racers.all(racers);
    List<Chunk> chunks = StreamScene.all(scene.peer(), stream, 1000);
    assertThat(chunks).hasSize(4 * each);
    assertThat(read.subList(0, 3)).allMatch(chunks::equals);
    for (int i = 0; i < 4; i++) {
      String writer = "w" + i + "-";
      assertThat(chunks.stream().map(StreamRaceChapter::text).filter(t -> t.startsWith(writer)))
          .as("writes of one writer keep their order")
          .containsExactlyElementsOf(IntStream.range(0, each).mapToObj(n -> writer + n).toList());
    }
  }

  private static String text(Chunk chunk) {
    return chunk instanceof Chunk.Data data ? data.payload().text() : "";
  }

  @Test
  @Rule({"ST-4", "ST-13"})
  default void noReaderMissesWhatIsWrittenWhileItOpens(StreamScene scene) throws Exception {
    for (int round = 0; round < scene.stage().harness().rounds(); round++) {
      StreamId stream = scene.stream();
      List<List<Chunk>> read =
          Racers.all(
              List.of(
                  () -> scene.readToEnd(scene.peer(), stream, 0),
                  () -> {
                    scene.write(stream, "a");
                    scene.streamer().end(stream);
                    return List.of();
                  }));
      assertThat(read.getFirst()).containsExactly(StreamScene.data(0, "a"));
    }
  }

  @Test
  @Rule({"ST-9", "ST-10"})
  default void whatIsAnsweredAsStoredIsReadAndNothingElse(StreamScene scene) throws Exception {
    for (int round = 0; round < scene.stage().harness().rounds(); round++) {
      StreamId stream = scene.stream();
      List<Written> written =
          Racers.all(
              List.of(
                  () -> scene.peer().write(stream, null, StreamScene.texts("a")),
                  () -> {
                    scene.streamer().end(stream);
                    return new Written.Ended();
                  },
                  () -> scene.streamer().write(stream, null, StreamScene.texts("b", "c"))));
      long stored =
          (written.get(0) instanceof Written.Stored ? 1 : 0)
              + (written.get(2) instanceof Written.Stored ? 2 : 0);
      assertThat(scene.peer().info(stream)).isEqualTo(new LiveStreams.Info(stored, true));
      assertThat(scene.readToEnd(scene.peer(), stream, 0)).hasSize((int) stored);
    }
  }

  @Test
  @Rule("L3")
  default void nothingOfALowerAttemptFollowsTheMark(StreamScene scene) throws Exception {
    for (int round = 0; round < scene.stage().harness().rounds(); round++) {
      StreamId stream = scene.stream();
      Racers.all(
          List.of(
              () -> write(scene.streamer(), stream, new Writer("step_1", 1)),
              () -> write(scene.peer(), stream, new Writer("step_1", 2))));
      int highest = 0;
      for (Chunk chunk : StreamScene.all(scene.streamer(), stream, 100)) {
        if (chunk instanceof Chunk.Data data) {
          assertThat(data.attempt()).isGreaterThanOrEqualTo(highest);
          highest = data.attempt();
        }
      }
      assertThat(highest).isEqualTo(2);
    }
  }

  private static boolean write(Streamer to, StreamId stream, Writer by) {
    for (int i = 0; i < 5; i++) {
      to.write(stream, by, List.of(Payload.json("" + i)));
    }
    return true;
  }
}
