package dev.fantasticfour.world.tck.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.tck.Harness;
import dev.fantasticfour.world.tck.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Runs that have grown very large; in full size with {@value Harness#FULL}. */
public interface SizeChapter {

  /** How many events a batch of these tests has. */
  int BLOCK = 250;

  private static void fill(StorageScene scene, RunId run, int count, IntFunction<Draft> draft) {
    for (int from = 0; from < count; from += BLOCK) {
      scene.accept(
          run,
          IntStream.range(from, Math.min(count, from + BLOCK))
              .mapToObj(draft)
              .toArray(Draft[]::new));
    }
  }

  @Test
  @Rule({"8.11", "L1"})
  default void aRunMayHaveVeryManyEvents(StorageScene scene) {
    int count = Harness.sized(2_500, 25_000);
    RunId run = scene.running();
    fill(scene, run, count, i -> Drafts.stepDone("step_" + i, "n"));
    List<Event> log =
        Pages.all(
            page -> scene.peer().events(run, page),
            PageRequest.oldestFirst().withLimit(PageRequest.MAX));
    assertThat(log).hasSize(2 + count).isEqualTo(scene.log(run));
    assertThat(scene.view(run).lastPosition()).isEqualTo(2 + count);
  }

  @Test
  @Rule("8.11")
  default void aRunMayHaveVeryManyHooks(StorageScene scene) {
    int count = Harness.sized(500, 10_000);
    RunId run = scene.running();
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tokens.add(scene.token());
    }
    fill(scene, run, count, i -> Drafts.hookCreated("hook_" + i, tokens.get(i)));
    assertThat(
            Pages.all(
                page -> scene.peer().hooks(run, page),
                PageRequest.oldestFirst().withLimit(PageRequest.MAX)))
        .extracting(HookRecord::token)
        .isEqualTo(tokens);
    assertThat(scene.peer().hookByToken(tokens.get(count / 2)).orElseThrow().id())
        .isEqualTo("hook_" + count / 2);
    scene.accept(run, Drafts.completed());
    assertThat(scene.peer().hooks(run, PageRequest.oldestFirst()).items()).isEmpty();
    assertThat(scene.peer().hookByToken(tokens.get(count / 2))).isEmpty();
  }
}
