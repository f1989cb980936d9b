package dev.fantasticfour.world.tck.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.StreamReader;
import dev.fantasticfour.world.api.StreamReader.Item;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.workflow.StreamType;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.tck.Rule;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Streams of steps, as their readers see them. */
public interface StreamsChapter {

  private static List<Item<String>> readAll(WorldScene scene, Run<String> run) throws Exception {
    List<Item<String>> items = new ArrayList<>();
    try (StreamReader<String> reader = run.stream(SampleWorkflow.WORDS, 0)) {
      Item<String> item;
      do {
        item = reader.next(scene.patience()).orElseThrow();
        items.add(item);
      } while (!(item instanceof Item.End));
    }
    return items;
  }

  private static WorkflowType<String, String> streaming(WorldScene scene, int failures) {
    WorkflowType<String, String> type = scene.type("streams");
    scene.peer(
        type,
        (ctx, in) ->
            ctx.step(
                "writes",
                String.class,
                o -> o.retry(SampleWorkflow.SOON),
                s -> {
                  s.stream(SampleWorkflow.WORDS).writeAll(List.of("a" + s.attempt(), "b"));
                  if (s.attempt() <= failures) {
                    throw new IllegalStateException("after it has written");
                  }
                  return in;
                }));
    return type;
  }

  @Test
  @Rule("EN-7")
  default void aStreamIsReadAsItIsWrittenAndEndsWithItsRun(WorldScene scene) throws Exception {
    Run<String> run = scene.start(streaming(scene, 0), "in");
    assertThat(readAll(scene, run))
        .containsExactly(new Item.Chunk<>(0, "a1"), new Item.Chunk<>(1, "b"), new Item.End<>());
  }

  @Test
  @Rule({"EN-7", "ST-10"})
  default void whatAStepStreamedIsReadAfterTheEndOfItsRun(WorldScene scene) throws Exception {
    Run<String> run = scene.start(streaming(scene, 0), "in");
    assertThat(scene.result(run)).isEqualTo("in");
    assertThat(readAll(scene, run))
        .containsExactly(new Item.Chunk<>(0, "a1"), new Item.Chunk<>(1, "b"), new Item.End<>());
    assertThat(scene.client().client().streams(run.id())).containsExactly("words");
  }

  @Test
  @Rule("EN-14")
  default void aStreamThatWasNeverWrittenToEndsWithItsRun(WorldScene scene) throws Exception {
    Run<String> run = scene.start(streaming(scene, 0), "in");
    try (StreamReader<String> early = run.stream(StreamType.of("never", String.class), 0)) {
      assertThat(early.next(scene.patience())).contains(new Item.End<>());
    }
    assertThat(scene.result(run)).isEqualTo("in");
    try (StreamReader<String> late =
        scene.client().client().run(run.id()).stream(StreamType.of("never", String.class), 0)) {
      assertThat(late.next(scene.patience())).contains(new Item.End<>());
    }
  }

  @Test
  @Rule("EN-14")
  default void aStreamOfARunThatThereIsNotIsRefused(WorldScene scene) throws Exception {
    String unknown = scene.name("wrun");
    try (StreamReader<String> reader =
        scene.client().client().run(unknown).stream(SampleWorkflow.WORDS, 0)) {
      assertThatExceptionOfType(WorldException.class)
          .isThrownBy(() -> reader.next(scene.patience()))
          .matches(e -> e.code() == ErrorCode.RUN_NOT_FOUND);
    }
  }

  @Test
  @Rule({"EN-7", "L9"})
  default void whatAFailedAttemptWroteIsMarked(WorldScene scene) throws Exception {
    Run<String> run = scene.start(streaming(scene, 1), "in");
    List<Item<String>> items = readAll(scene, run);
    assertThat(items)
        .hasSize(6)
        .startsWith(new Item.Chunk<>(0, "a1"), new Item.Chunk<>(1, "b"))
        .endsWith(new Item.Chunk<>(3, "a2"), new Item.Chunk<>(4, "b"), new Item.End<>());
    assertThat(items.get(2))
        .isInstanceOfSatisfying(
            Item.Restarted.class, restarted -> assertThat(restarted.from()).isZero());
  }
}
