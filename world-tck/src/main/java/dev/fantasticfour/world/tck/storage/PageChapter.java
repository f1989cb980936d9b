package dev.fantasticfour.world.tck.storage;

import static dev.fantasticfour.world.tck.storage.Refusals.invalid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.PageRequest.Order;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.run.Runs;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.tck.Rule;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Pages and cursors, for every list of the port. */
public interface PageChapter {

  private static PageRequest page(int limit, Order order) {
    return new PageRequest(limit, null, order);
  }

  @Test
  @Rule({"PAG-1", "PAG-2", "PAG-5"})
  default void pagesCoverAListWithoutGapAndOverlap(StorageScene scene) {
    for (ListUnderTest list : ListUnderTest.all(scene)) {
      list.grow(0, 25);
      for (Order order : Order.values()) {
        List<String> found = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        List<Boolean> more = new ArrayList<>();
        PageRequest next = page(10, order);
        for (int i = 0; i < 3; i++) {
          Page<String> read = list.read().apply(scene.storage(), next);
          found.addAll(read.items());
          sizes.add(read.items().size());
          more.add(read.hasMore());
          assertThat(read.cursor()).as("%s: PAG-3", list.name()).isNotNull();
          next = next.after(read.cursor());
        }
        assertThat(sizes).as(list.name()).containsExactly(10, 10, 5);
        assertThat(more).as(list.name()).containsExactly(true, true, false);
        assertThat(found).as(list.name()).doesNotHaveDuplicates().hasSize(25);
      }
    }
  }

  @Test
  @Rule({"PAG-2", "PAG-3"})
  default void aFullLastPageHasNoMoreAndYetACursor(StorageScene scene) {
    for (ListUnderTest list : ListUnderTest.all(scene)) {
      list.grow(0, 4);
      for (Order order : Order.values()) {
        Page<String> read = list.read().apply(scene.storage(), page(4, order));
        assertThat(read.items()).as(list.name()).hasSize(4);
        assertThat(read.hasMore()).as(list.name()).isFalse();
        assertThat(read.cursor()).as(list.name()).isNotNull();
      }
    }
  }

  @Test
  @Rule("PAG-3")
  default void theCursorAtTheEndOfAnAscendingListLeadsToWhatComesLater(StorageScene scene) {
    for (ListUnderTest list : ListUnderTest.all(scene)) {
      list.grow(0, 3);
      Page<String> end = list.read().apply(scene.storage(), page(10, Order.ASCENDING));
      PageRequest later = page(10, Order.ASCENDING).after(end.cursor());
      assertThat(list.read().apply(scene.storage(), later).items()).as(list.name()).isEmpty();
      list.grow(3, 3);
      List<String> all = list.all(scene.storage(), page(10, Order.ASCENDING));
      assertThat(list.read().apply(scene.peer(), later).items())
          .as(list.name())
          .isEqualTo(all.subList(3, 6));
    }
  }

  @Test
  @Rule("PAG-6")
  default void aDescendingCursorNeverLeadsToWhatComesLater(StorageScene scene) {
    for (ListUnderTest list : ListUnderTest.all(scene)) {
      list.grow(0, 4);
      Page<String> first = list.read().apply(scene.storage(), page(2, Order.DESCENDING));
      Page<String> end = list.read().apply(scene.storage(), page(9, Order.DESCENDING));
      PageRequest second = page(2, Order.DESCENDING).after(first.cursor());
      List<String> before = list.read().apply(scene.storage(), second).items();
      list.grow(4, 3);
      assertThat(list.read().apply(scene.peer(), second).items())
          .as(list.name())
          .isEqualTo(before)
          .hasSize(2);
      assertThat(
              list.read()
                  .apply(scene.storage(), page(9, Order.DESCENDING).after(end.cursor()))
                  .items())
          .as(list.name())
          .isEmpty();
    }
  }

  @Test
  @Rule("PAG-1")
  default void bothDirectionsShowTheSameAtAnyPageSize(StorageScene scene) {
    for (ListUnderTest list : ListUnderTest.all(scene)) {
      list.grow(0, 11);
      Storage at = scene.storage();
      List<String> all = list.all(at, page(100, Order.ASCENDING));
      assertThat(all).as(list.name()).hasSize(11);
      for (int limit : List.of(1, 3, 7)) {
        assertThat(list.all(at, page(limit, Order.ASCENDING))).as(list.name()).isEqualTo(all);
        assertThat(list.all(scene.peer(), page(limit, Order.DESCENDING)))
            .as(list.name())
            .isEqualTo(all.reversed());
      }
    }
  }

  @Test
  @Rule("PAG-7")
  default void aCursorOfAnotherListIsRefused(StorageScene scene) {
    List<ListUnderTest> lists = ListUnderTest.all(scene);
    lists.forEach(list -> list.grow(0, 3));
    for (ListUnderTest list : lists) {
      Page<String> read = list.read().apply(scene.storage(), page(2, Order.ASCENDING));
      String cursor = Objects.requireNonNull(read.cursor());
      for (ListUnderTest other : lists) {
        if (other != list) {
          invalid(
              () -> other.read().apply(scene.storage(), page(2, Order.ASCENDING).after(cursor)));
        }
      }
      invalid(() -> list.read().apply(scene.storage(), page(2, Order.DESCENDING).after(cursor)));
    }
  }

  @Test
  @Rule("PAG-7")
  default void aCursorOfTheSameListWithAnotherFilterIsRefused(StorageScene scene) {
    Storage storage = scene.storage();
    String workflow = scene.workflow();
    scene.pending(workflow);
    String runs = storage.runs(Runs.of(workflow), page(1, Order.ASCENDING)).cursor();
    invalid(
        () ->
            storage.runs(
                Runs.of(workflow).status(RunStatus.PENDING), page(1, Order.ASCENDING).after(runs)));
    String events = storage.events(scene.running(), page(1, Order.ASCENDING)).cursor();
    invalid(() -> storage.events(scene.running(), page(1, Order.ASCENDING).after(events)));
  }

  @Test
  @Rule("PAG-7")
  default void aCursorThatNobodyMadeIsRefused(StorageScene scene) {
    String encoded = Base64.getUrlEncoder().encodeToString("hello".getBytes());
    for (ListUnderTest list : ListUnderTest.all(scene)) {
      list.grow(0, 2);
      for (String cursor : List.of("garbage", "%", "", "AAAA", encoded, "1")) {
        invalid(() -> list.read().apply(scene.storage(), page(2, Order.ASCENDING).after(cursor)));
      }
    }
  }

  @Test
  @Rule("PAG-1")
  default void aChangeOfStatusBetweenTwoPagesSkipsNothing(StorageScene scene) {
    String workflow = scene.workflow();
    List<RunId> runs = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      runs.add(scene.pending(workflow));
    }
    RunFilter filter = Runs.of(workflow).status(RunStatus.PENDING);
    Page<RunRecord> first = scene.storage().runs(filter, page(2, Order.ASCENDING));
    scene.accept(runs.get(0), Drafts.started());
    scene.accept(runs.get(1), Drafts.started());
    scene.accept(runs.get(3), Drafts.started());
    List<RunRecord> rest =
        Pages.all(
            request -> scene.storage().runs(filter, request),
            page(2, Order.ASCENDING).after(first.cursor()));
    assertThat(rest)
        .extracting(RunRecord::id)
        .containsExactly(runs.get(2), runs.get(4), runs.get(5));
  }

  @Test
  @Rule("PAG-1")
  default void aHookThatIsGoneStillMarksItsPlace(StorageScene scene) {
    RunId run = scene.running();
    for (int i = 0; i < 4; i++) {
      scene.accept(run, Drafts.hookCreated("hook_" + i, scene.token()));
    }
    Page<HookRecord> first = scene.storage().hooks(run, page(2, Order.ASCENDING));
    scene.accept(run, Drafts.hookDisposed("hook_1"));
    assertThat(scene.storage().hooks(run, page(2, Order.ASCENDING).after(first.cursor())).items())
        .extracting(HookRecord::id)
        .containsExactly("hook_2", "hook_3");
  }

  @Test
  @Rule("3.2")
  default void aPageHoldsAThousandItemsAtMost(StorageScene scene) {
    RunId run = scene.running();
    for (int i = 0; i < 10; i++) {
      int block = i * 101;
      scene.accept(
          run,
          IntStream.range(block, block + 101)
              .mapToObj(n -> Drafts.stepDone("step_" + n, "n"))
              .toArray(Draft[]::new));
    }
    assertThat(scene.storage().events(run, page(5000, Order.ASCENDING)).items()).hasSize(1000);
    assertThat(scene.storage().events(run, page(5000, Order.ASCENDING)).hasMore()).isTrue();
    assertThat(scene.storage().steps(run, page(5000, Order.DESCENDING)).items()).hasSize(1000);
  }

  @Test
  @Rule("PAG-1")
  default void itemsOfOneMomentArePagedLikeAnyOthers(StorageScene scene) {
    String workflow = scene.workflow();
    String step = Fresh.name("step_");
    List<Batch> batches =
        IntStream.range(0, 30)
            .mapToObj(
                i ->
                    StorageScene.batch(
                        scene.runId(),
                        Authority.ANYONE,
                        Drafts.created(workflow),
                        Drafts.stepDone(step, "n")))
            .toList();
    scene.storage().append(batches).forEach(StorageScene::accepted);
    RunFilter filter = Runs.of(workflow);
    for (Order order : Order.values()) {
      PageRequest first = page(20, order);
      Page<RunRecord> runs = scene.storage().runs(filter, first);
      Page<RunRecord> moreRuns = scene.peer().runs(filter, first.after(runs.cursor()));
      assertThat(List.of(runs.items().size(), moreRuns.items().size())).containsExactly(20, 10);
      assertThat(runs.items()).doesNotContainAnyElementsOf(moreRuns.items());
    }
  }
}
