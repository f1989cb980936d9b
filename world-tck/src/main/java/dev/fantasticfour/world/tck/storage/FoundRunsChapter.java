package dev.fantasticfour.world.tck.storage;

import static dev.fantasticfour.world.tck.storage.Attributed.AMOUNT;
import static dev.fantasticfour.world.tck.storage.Attributed.CUSTOMER;
import static dev.fantasticfour.world.tck.storage.Attributed.all;
import static dev.fantasticfour.world.tck.storage.Attributed.create;
import static dev.fantasticfour.world.tck.storage.Attributed.found;
import static dev.fantasticfour.world.tck.storage.Attributed.run;
import static dev.fantasticfour.world.tck.storage.Refusals.invalid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.PageRequest.Order;
import dev.fantasticfour.world.api.attribute.AttributeKey;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunCount;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.run.Runs;
import dev.fantasticfour.world.tck.Rule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which runs a list has: what it goes by, in which order, and how many there are. */
public interface FoundRunsChapter {

  @Test
  @Rule("LST-1")
  default void everyConditionHolds(StorageScene scene) {
    String name = scene.workflow();
    RunId run =
        run(scene, name, Map.of("customer", CUSTOMER.value("c-1"), "amount", AMOUNT.value(5L)));
    run(scene, name, Map.of("customer", CUSTOMER.value("c-1"), "amount", AMOUNT.value(50L)));
    run(scene, name, Map.of("customer", CUSTOMER.value("c-2"), "amount", AMOUNT.value(5L)));
    RunFilter both = Runs.of(name).where(CUSTOMER.is("c-1")).where(AMOUNT.atMost(10L));
    assertThat(found(scene, both)).containsExactly(run);
    assertThat(found(scene, both.where(CUSTOMER.is("c-2")))).isEmpty();
    assertThat(found(scene, Runs.of(scene.workflow()).where(CUSTOMER.is("c-1")))).isEmpty();
  }

  @Test
  @Rule("3.3")
  default void runsAreFoundByWhatElseIsKnownOfThem(StorageScene scene) {
    String name = scene.workflow();
    RunId one = scene.runId();
    scene.accept(one, Drafts.of(null, Drafts.creation(name, "key-1", "hash")));
    RunId other = scene.runId();
    scene.accept(
        other,
        Drafts.of(
            null,
            new Fact.RunCreated(name, "b", 6, "bills", null, "key-2", "hash", Map.of(), null)));
    scene.accept(other, Drafts.started());
    scene.accept(other, Drafts.failed());
    Instant first = scene.view(one).createdAt();
    Instant second = scene.view(other).createdAt();
    Instant end = Objects.requireNonNull(scene.view(other).completedAt());
    assertThat(found(scene, Runs.of(name).runKey("key-1"))).containsExactly(one);
    assertThat(found(scene, Runs.of(name).taskQueue("bills"))).containsExactly(other);
    assertThat(found(scene, Runs.of(name).createdSince(first))).containsExactly(one, other);
    assertThat(found(scene, Runs.of(name).createdSince(second))).contains(other);
    assertThat(found(scene, Runs.of(name).createdBefore(first))).isEmpty();
    assertThat(found(scene, Runs.of(name).endedSince(end))).containsExactly(other);
    assertThat(found(scene, Runs.of(name).endedSince(end.plusNanos(1_000)))).isEmpty();
    assertThat(found(scene, Runs.of(name).endedBefore(end))).isEmpty();
    assertThat(found(scene, Runs.of(name).endedBefore(end.plusNanos(1_000))))
        .containsExactly(other);
    assertThat(found(scene, Runs.of(name).status(RunStatus.PENDING, RunStatus.FAILED)))
        .containsExactly(one, other);
    assertThat(found(scene, Runs.of(name).status(RunStatus.PENDING, RunStatus.RUNNING)))
        .containsExactly(one);
    assertThat(
            found(
                scene,
                Runs.of(name).status(RunStatus.PENDING).taskQueue("orders").createdSince(first)))
        .containsExactly(one);
    assertThat(found(scene, Runs.of(name).taskQueue("none").status(RunStatus.PENDING))).isEmpty();
    assertThat(found(scene, Runs.of(name).runKey("a\0b"))).isEmpty();
    assertThat(found(scene, Runs.of(name).taskQueue("\uD800"))).isEmpty();
  }

  /** ATT-5: nothing but a range, or an end, to go by. */
  @Test
  @Rule("LST-2")
  default void aListThatWouldReadEveryRunIsRefused(StorageScene scene) {
    AttributeKey<Long> unknown = AttributeKey.number(Fresh.name("k").toLowerCase(Locale.ROOT));
    RunFilter range = Runs.all().where(unknown.atLeast(1L));
    PageRequest page = PageRequest.newestFirst();
    for (RunFilter filter :
        List.of(range, range.status(RunStatus.COMPLETED), range.taskQueue("q"))) {
      invalid(() -> scene.storage().runs(filter, page));
      invalid(() -> scene.storage().count(filter));
    }
    for (RunFilter filter :
        List.of(
            range.createdSince(scene.storeNow()),
            range.status(RunStatus.FAILED),
            range.runKey("k"),
            range.where(CUSTOMER.is(Fresh.name("c"))),
            new RunFilter(
                scene.workflow(),
                Set.of(),
                range.where(),
                null,
                null,
                null,
                null,
                null,
                null,
                false,
                null))) {
      assertThat(scene.storage().runs(filter, page).items()).isEmpty();
      assertThat(scene.storage().count(filter)).isEqualTo(new RunCount(0, false));
    }
  }

  @Test
  @Rule({"LST-3", "PAG-1", "PAG-2"})
  default void runsThatHaveEndedAreListedByTheirEnd(StorageScene scene) {
    String name = scene.workflow();
    Instant begin = scene.storeNow();
    List<RunId> runs = IntStream.range(0, 7).mapToObj(i -> scene.running(name)).toList();
    scene.pending(name);
    List<RunId> ended = IntStream.of(3, 0, 6, 2, 5).mapToObj(runs::get).toList();
    ended.forEach(run -> scene.accept(run, Drafts.completed()));
    RunFilter filter = Runs.of(name).endedSince(begin);
    assertThat(found(scene, filter)).isEqualTo(ended);
    for (int limit : List.of(1, 2, 5)) {
      assertThat(all(scene, filter, new PageRequest(limit, null, Order.ASCENDING)))
          .isEqualTo(ended);
      assertThat(all(scene, filter, new PageRequest(limit, null, Order.DESCENDING)))
          .isEqualTo(ended.reversed());
    }
    Page<RunRecord> first = scene.storage().runs(filter, new PageRequest(2, null, Order.ASCENDING));
    scene.accept(runs.get(4), Drafts.failed());
    assertThat(all(scene, filter, new PageRequest(2, null, Order.ASCENDING).after(first.cursor())))
        .containsExactly(runs.get(6), runs.get(2), runs.get(5), runs.get(4));
  }

  @Test
  @Rule("LST-4")
  default void runsAreCounted(StorageScene scene) {
    String name = scene.workflow();
    for (int i = 0; i < 30; i++) {
      run(scene, name, AMOUNT, (long) i);
    }
    assertThat(scene.storage().count(Runs.of(name))).isEqualTo(new RunCount(30, false));
    assertThat(scene.peer().count(Runs.of(name).where(AMOUNT.atLeast(7L))))
        .isEqualTo(new RunCount(23, false));
    assertThat(scene.storage().count(Runs.of(name).status(RunStatus.COMPLETED)).runs()).isZero();
    assertThat(scene.storage().count(Runs.of("a\0b")).runs()).isZero();
  }

  /** ATT-6: what there was before the first page comes once, whatever is created meanwhile. */
  @Test
  @Rule("PAG-1")
  default void runsThatAreCreatedMeanwhileTouchNoPage(StorageScene scene) {
    String name = scene.workflow();
    RunFilter filter = Runs.of(name).where(AMOUNT.atLeast(0L));
    create(scene, name, 60);
    for (Order order : Order.values()) {
      PageRequest request = new PageRequest(25, null, order);
      List<RunId> before = all(scene, filter, request);
      List<RunId> paged = new ArrayList<>();
      for (int pages = 0; paged.size() < before.size(); pages++) {
        Page<RunRecord> page = scene.peer().runs(filter, request);
        page.items().forEach(run -> paged.add(run.id()));
        request = request.after(page.cursor());
        if (pages < 20) {
          create(scene, name, 25);
        }
      }
      assertThat(paged).doesNotHaveDuplicates();
      assertThat(paged.subList(0, before.size())).isEqualTo(before);
    }
    assertThat(scene.storage().count(filter).runs()).isGreaterThan(100);
  }
}
