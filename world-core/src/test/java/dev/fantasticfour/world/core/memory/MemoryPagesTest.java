package dev.fantasticfour.world.core.memory;

import static dev.fantasticfour.world.core.memory.Scene.PAYLOAD;
import static dev.fantasticfour.world.core.memory.Scene.SITE;
import static dev.fantasticfour.world.core.memory.Scene.completed;
import static dev.fantasticfour.world.core.memory.Scene.creation;
import static dev.fantasticfour.world.core.memory.Scene.hook;
import static dev.fantasticfour.world.core.memory.Scene.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.PageRequest.Order;
import dev.fantasticfour.world.api.attribute.AttributeKey;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.run.Runs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class MemoryPagesTest {

  private static final PageRequest FIRST = PageRequest.oldestFirst();

  private final Scene scene = new Scene();
  private final RunId run = scene.unclaimed("r");

  private static <T> List<T> all(Function<PageRequest, Page<T>> list, int limit, Order order) {
    List<T> items = new ArrayList<>();
    PageRequest request = new PageRequest(limit, null, order);
    Page<T> page = list.apply(request);
    while (true) {
      assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
      items.addAll(page.items());
      if (!page.hasMore()) {
        return items;
      }
      page = list.apply(request.after(page.cursor()));
    }
  }

  /** Fills a list one by one and reads it in every way. */
  private <T> void pagesAreExact(Function<PageRequest, Page<T>> list, int already, Runnable more) {
    IntStream.range(already, 25).forEach(i -> more.run());
    List<T> whole = list.apply(FIRST.withLimit(1000)).items();
    assertThat(whole).hasSize(25);
    for (int limit : List.of(1, 7, 10, 25, 26)) {
      assertThat(all(list, limit, Order.ASCENDING)).isEqualTo(whole);
      assertThat(all(list, limit, Order.DESCENDING)).isEqualTo(whole.reversed());
    }
    Page<T> exact = list.apply(FIRST.withLimit(25));
    assertThat(exact.hasMore()).isFalse();
    String newestFirst = list.apply(FIRST.withLimit(25).in(Order.DESCENDING)).cursor();

    more.run();
    assertThat(list.apply(FIRST.after(exact.cursor())).items()).hasSize(1);
    assertThat(list.apply(FIRST.in(Order.DESCENDING).after(newestFirst)).items()).isEmpty();
    assertThatThrownBy(() -> list.apply(FIRST.in(Order.DESCENDING).after(exact.cursor())))
        .isInstanceOf(WorldException.class);
    assertThatThrownBy(() -> list.apply(FIRST.after("garbage!")))
        .isInstanceOf(WorldException.class);
  }

  private int number;

  private String next() {
    return "n" + number++;
  }

  @Test
  void runs() {
    pagesAreExact(
        page -> scene.storage.runs(RunFilter.ALL, page), 1, () -> scene.unclaimed(next()));
  }

  @Test
  void steps() {
    pagesAreExact(
        page -> scene.storage.steps(run, page),
        0,
        () -> scene.anyone(run, scene.about(next(), new Fact.StepCreated(SITE, PAYLOAD))));
  }

  @Test
  void events() {
    pagesAreExact(
        page -> scene.storage.events(run, page),
        2,
        () -> scene.anyone(run, new Fact.CancelRequested(null)));
  }

  @Test
  void hooks() {
    pagesAreExact(
        page -> scene.storage.hooks(null, page),
        0,
        () -> scene.anyone(run, scene.about(next(), hook("t" + number))));
  }

  @Test
  void eventsByCorrelation() {
    RunId other = scene.unclaimed("other");
    pagesAreExact(
        page -> scene.storage.eventsByCorrelation(run, "same", page),
        0,
        () -> {
          scene.anyone(other, scene.about("same", new Fact.StepRetrying(SITE, 1, PAYLOAD, null)));
          scene.anyone(run, scene.about("same", new Fact.StepRetrying(SITE, 1, PAYLOAD, null)));
        });
  }

  @Test
  void aCursorOfAnotherListOrFilterIsRefused() {
    String cursor = scene.storage.events(run, FIRST).cursor();
    scene.unclaimed("other");
    assertThatThrownBy(() -> scene.storage.events(run("other"), FIRST.after(cursor)))
        .isInstanceOf(WorldException.class);
    assertThatThrownBy(() -> scene.storage.runs(RunFilter.ALL, FIRST.after(cursor)))
        .isInstanceOf(WorldException.class);
    String filtered = scene.storage.runs(filter("order", null), FIRST).cursor();
    assertThatThrownBy(() -> scene.storage.runs(RunFilter.ALL, FIRST.after(filtered)))
        .isInstanceOf(WorldException.class);
  }

  private static RunFilter filter(String workflow, RunStatus status) {
    RunFilter filter = Runs.of(workflow);
    return status == null ? filter : filter.status(status);
  }

  @Test
  void filtersMatchExactlyAndTogether() {
    scene.anyone(run("a"), creation("a", null, null), completed());
    scene.anyone(run("ab"), creation("ab", null, null));
    scene.anyone(run("A"), creation("A", null, null));
    assertThat(scene.storage.runs(filter("a", null), FIRST).items())
        .extracting(RunRecord::id)
        .containsExactly(run("a"));
    assertThat(scene.storage.runs(filter("a", RunStatus.PENDING), FIRST).items()).isEmpty();
    RunFilter seven =
        Runs.all().status(RunStatus.PENDING).where(AttributeKey.keyword("customer").is("7"));
    assertThat(scene.storage.runs(seven, FIRST).items()).hasSize(2);
    RunFilter eight = Runs.all().where(AttributeKey.keyword("customer").is("8"));
    assertThat(scene.storage.runs(eight, FIRST).items()).isEmpty();
    assertThat(scene.storage.runs(Runs.all().onlyStalled(), FIRST).items()).isEmpty();
    assertThat(scene.storage.runCounts())
        .containsEntry("a", Map.of("completed", 1L))
        .containsEntry("order", Map.of("running", 1L));
  }

  @Test
  void listedRunsComeWithoutTheirPayloads() {
    scene.anyone(run, completed());
    RunRecord listed = scene.storage.runs(RunFilter.ALL, FIRST).items().getFirst();
    assertThat(listed.input()).isNull();
    assertThat(listed.output()).isNull();
    assertThat(scene.storage.ended(Set.of(run, run("unknown"))))
        .singleElement()
        .satisfies(ended -> assertThat(ended.output()).isEqualTo(PAYLOAD));
  }

  @Test
  void unknownRunsHaveNothing() {
    RunId unknown = run("unknown");
    assertThat(scene.storage.events(unknown, FIRST).items()).isEmpty();
    assertThat(scene.storage.steps(unknown, FIRST).items()).isEmpty();
    assertThat(scene.storage.hooks(unknown, FIRST).items()).isEmpty();
    assertThat(scene.storage.waits(unknown)).isEmpty();
    assertThat(scene.storage.history(unknown, 0, 10)).isEmpty();
    assertThat(scene.storage.step(unknown, "s")).isEmpty();
  }
}
