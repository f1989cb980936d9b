package dev.fantasticfour.world.tck.storage;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.Runs;
import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.core.port.Storage;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * A list of the port, how to read it from any instance, and how to make it longer.
 *
 * @param read a page, as the names of its items
 * @param grow adds the item of that number
 */
record ListUnderTest(
    String name, BiFunction<Storage, PageRequest, Page<String>> read, IntConsumer grow) {

  /** Every list the port has, empty or as good as. */
  static List<ListUnderTest> all(StorageScene scene) {
    return List.of(runs(scene), steps(scene), events(scene), correlated(scene), hooks(scene));
  }

  private static ListUnderTest runs(StorageScene scene) {
    String workflow = scene.workflow();
    RunFilter filter = Runs.of(workflow);
    return new ListUnderTest(
        "runs",
        (at, page) -> named(at.runs(filter, page), (RunRecord run) -> run.id().value()),
        i -> scene.pending(workflow));
  }

  private static ListUnderTest steps(StorageScene scene) {
    RunId run = scene.running();
    return new ListUnderTest(
        "steps",
        (at, page) -> named(at.steps(run, page), StepRecord::id),
        // Ids that do not sort as they are created.
        i -> scene.accept(run, Drafts.stepCreated("step_" + (i * 37 % 101) + "_" + i)));
  }

  private static ListUnderTest events(StorageScene scene) {
    RunId run = scene.pending();
    return new ListUnderTest(
        "events",
        (at, page) -> {
          Page<Event> events = at.events(run, page);
          return named(events, Event::id);
        },
        i -> {
          if (i > 0) {
            scene.accept(run, Drafts.cancelRequested());
          }
        });
  }

  private static ListUnderTest correlated(StorageScene scene) {
    String id = Fresh.name("step_");
    RunId run = scene.running(Drafts.stepCreated(id));
    return new ListUnderTest(
        "events by correlation",
        (at, page) -> named(at.eventsByCorrelation(run, id, page), Event::id),
        i -> {
          if (i > 0) {
            scene.accept(run, Drafts.cancelRequested());
            scene.accept(run, Drafts.stepStarted(id));
          }
        });
  }

  private static ListUnderTest hooks(StorageScene scene) {
    RunId run = scene.running();
    return new ListUnderTest(
        "hooks",
        (at, page) -> named(at.hooks(run, page), HookRecord::id),
        i ->
            scene.accept(
                run, Drafts.hookCreated("hook_" + (i * 37 % 101) + "_" + i, scene.token())));
  }

  private static <T> Page<String> named(Page<T> page, Function<T, String> name) {
    return new Page<>(page.items().stream().map(name).toList(), page.cursor(), page.hasMore());
  }

  /** Adds that many items, counted on from a number. */
  void grow(int from, int count) {
    IntStream.range(from, from + count).forEach(grow);
  }

  List<String> all(Storage at, PageRequest first) {
    return Pages.all(page -> read.apply(at, page), first);
  }
}
