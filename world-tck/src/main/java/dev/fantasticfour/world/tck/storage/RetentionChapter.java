package dev.fantasticfour.world.tck.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.config.RetentionRule;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.ClosePolicy;
import dev.fantasticfour.world.api.run.Origin;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.core.port.Capability;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import dev.fantasticfour.world.core.port.Retention.ExpiredRun;
import dev.fantasticfour.world.core.port.RunCopies.CopyResult;
import dev.fantasticfour.world.core.port.RunCopies.RunCopy;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.StreamArchive.Section;
import dev.fantasticfour.world.core.port.StreamArchive.Then;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.tck.Racers;
import dev.fantasticfour.world.tck.Requires;
import dev.fantasticfour.world.tck.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Runs that were kept for long enough, and those that stay all the same. */
public interface RetentionChapter {

  @Test
  @Requires(Capability.RETENTION)
  @Rule("PRU-1")
  default void aRunGoesWhenItWasKeptForAsLongAsItsOutcomeIs(StorageScene scene) {
    try (Expiring runs = Expiring.in(scene)) {
      RunId completed = runs.ended(Drafts.completed());
      RunId failed = runs.ended(Drafts.failed());
      RunId cancelled = runs.ended(Drafts.cancelled());
      RunId open = scene.running(runs.workflow());
      runs.pass(9);
      assertThat(runs.prune()).isEmpty();
      RunId young = runs.ended(Drafts.completed());
      runs.pass(2);
      assertThat(runs.prune()).containsExactly(completed);
      runs.pass(100);
      assertThat(runs.prune()).containsExactlyInAnyOrder(failed, young);
      assertThat(runs.expired()).isEmpty();
      assertThat(scene.peer().run(completed)).isEmpty();
      assertThat(scene.view(cancelled).status()).isEqualTo(RunStatus.CANCELLED);
      assertThat(scene.view(open).status()).isEqualTo(RunStatus.RUNNING);
    }
  }

  @Test
  @Requires(Capability.RETENTION)
  @Rule("PRU-1")
  default void nothingIsLeftOfARunThatIsGone(StorageScene scene) {
    try (Expiring runs = Expiring.in(scene)) {
      String token = scene.token();
      Owned owned =
          scene.owned(
              runs.workflow(),
              Drafts.stepCreated("step_1"),
              Drafts.stepStarted("step_1"),
              Drafts.stepCompleted("step_1"),
              Drafts.hookCreated("hook_1", token),
              Drafts.waitCreated("wait_1"));
      RunId run = owned.run();
      StreamId stream = new StreamId(run, "out");
      if (!scene.storage().declined().contains(Capability.STREAM_ARCHIVE)) {
        keep(scene, owned.worker(), stream, 0, new Then.Next());
        keep(scene, owned.worker(), stream, 1, new Then.End(0));
      }
      runs.settled(owned, Drafts.completed());
      runs.pass(11);

      assertThat(runs.prune()).containsExactly(run);

      Storage peer = scene.peer();
      PageRequest first = PageRequest.oldestFirst();
      assertThat(peer.history(run, 0, 10)).isEmpty();
      assertThat(peer.step(run, "step_1")).isEmpty();
      assertThat(peer.steps(run, first).items()).isEmpty();
      assertThat(peer.hooks(run, first).items()).isEmpty();
      assertThat(peer.hookByToken(token)).isEmpty();
      if (!scene.storage().declined().contains(Capability.STREAM_ARCHIVE)) {
        assertThat(peer.archivedStreams(run)).isEmpty();
        assertThat(peer.archived(stream, 0, 10).bases()).isEmpty();
      }
    }
  }

  private static void keep(
      StorageScene scene, WorkerId worker, StreamId stream, long life, Then then) {
    scene
        .storage()
        .archive(List.of(new Section(worker, stream, life, List.of(), 0, then)))
        .getFirst();
  }

  @Test
  @Requires(Capability.RETENTION)
  @Rule("PRU-1")
  default void withoutARuleNothingGoes(StorageScene scene) {
    Expiring runs = Expiring.in(scene, RetentionRule.FOREVER);
    RunId run = runs.ended(Drafts.completed());
    runs.pass(60);
    assertThat(runs.prune()).isEmpty();
    runs.close();
    runs.pass(60);
    assertThat(runs.expired()).isEmpty();
    assertThat(scene.storage().prune(List.of(run))).isEmpty();
    assertThat(scene.storage().retention().policy().rules()).doesNotContainKey(runs.workflow());
    assertThat(scene.view(run).status()).isEqualTo(RunStatus.COMPLETED);
  }

  @Test
  @Requires(Capability.RETENTION)
  @Rule("PRU-2")
  default void whatMayGoIsShownPageByPageAndIsWhatGoesThen(StorageScene scene) {
    try (Expiring runs = Expiring.in(scene)) {
      List<RunId> all = new ArrayList<>();
      for (int i = 0; i < 7; i++) {
        all.add(runs.ended(i % 2 == 0 ? Drafts.completed() : Drafts.failed()));
      }
      runs.pass(11);
      List<RunId> completed = List.of(all.get(0), all.get(2), all.get(4), all.get(6));
      List<ExpiredRun> shown = runs.pages(scene.storage(), 2).toList();
      assertThat(shown).extracting(ExpiredRun::run).containsExactlyElementsOf(completed);
      assertThat(shown)
          .allSatisfy(
              run -> {
                assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
                assertThat(run.completedAt()).isEqualTo(scene.view(run.run()).completedAt());
              });
      assertThat(scene.storage().prune(all)).containsExactlyInAnyOrderElementsOf(completed);
      assertThat(scene.storage().prune(all)).isEmpty();
    }
  }

  @Test
  @Requires(Capability.RETENTION)
  @Rule("PRU-3")
  default void whatIsNotSettledStays(StorageScene scene) {
    try (Expiring runs = Expiring.in(scene)) {
      Owned owned = scene.owned(runs.workflow());
      scene.accept(owned.run(), owned.authority(Due.NOW), Drafts.completed());
      runs.pass(50);
      assertThat(runs.expired()).isEmpty();
      assertThat(scene.storage().prune(List.of(owned.run()))).isEmpty();
      scene.storage().release(owned.worker(), owned.run(), owned.epoch(), Due.NEVER);
      assertThat(runs.prune()).containsExactly(owned.run());
    }
  }

  @Test
  @Requires(Capability.RETENTION)
  @Rule("PRU-3")
  default void aLinkOfAChainStaysAsLongAsALaterOneDoes(StorageScene scene) {
    try (Expiring runs = Expiring.in(scene)) {
      Owned first = scene.owned(runs.workflow());
      RunId next = scene.runId();
      runs.settled(
          first, Kin.continued(first.run(), next, Drafts.creation(runs.workflow()), List.of()));
      runs.pass(50);
      assertThat(scene.storage().prune(List.of(first.run()))).as("while it is open").isEmpty();
      scene.accept(next, Drafts.started());
      runs.settled(scene.claimed(next, scene.worker()), Drafts.completed());
      runs.pass(5);
      assertThat(scene.storage().prune(List.of(first.run()))).as("while it is kept").isEmpty();
      assertThat(runs.expired()).isEmpty();
      runs.pass(6);
      assertThat(runs.prune()).containsExactlyInAnyOrder(first.run(), next);
    }
  }

  @Test
  @Requires({Capability.RETENTION, Capability.RUN_COPIES})
  @Rule("PRU-3")
  default void aCopyStaysAsLongAsTheRunItGoesOnFrom(StorageScene scene) {
    try (Expiring runs = Expiring.in(scene)) {
      RunId failed = runs.ended(Drafts.failed());
      RunId copy = scene.runId();
      Event created = scene.log(failed).getFirst();
      Fact.RunCreated creation =
          ((Fact.RunCreated) created.fact())
              .from(new Origin(failed.value(), 1, failed.value(), failed.value()));
      List<Event> log =
          List.of(
              new Event(
                  copy,
                  1,
                  created.id(),
                  created.createdAt(),
                  created.occurredAt(),
                  null,
                  Fresh.name("batch-"),
                  created.seen(),
                  creation));
      assertThat(scene.storage().copy(new RunCopy(copy, log, false, null, null)))
          .isInstanceOf(CopyResult.Begun.class);
      scene.accept(copy, Drafts.started());
      RunId next = scene.runId();
      runs.settled(
          scene.claimed(scene.named(copy), scene.worker()),
          Kin.continued(copy, next, Drafts.creation(runs.workflow()), List.of()));
      scene.accept(next, Drafts.started());
      runs.settled(scene.claimed(next, scene.worker()), Drafts.completed());
      runs.pass(20);
      assertThat(runs.expired()).as("a copy and what it goes on in").isEmpty();
      assertThat(scene.storage().prune(List.of(next, copy))).isEmpty();
      runs.pass(15);
      assertThat(scene.storage().prune(List.of(next, copy, failed))).containsExactly(failed);
      assertThat(runs.prune()).containsExactlyInAnyOrder(copy, next);
    }
  }

  @Test
  @Requires(Capability.RETENTION)
  @Rule("PRU-3")
  default void aChildStaysUntilItsOpenParentHasHeardOfItsEnd(StorageScene scene) {
    try (Expiring runs = Expiring.in(scene)) {
      Owned parent = scene.owned();
      RunId child = scene.runId();
      parent.accept(
          Kin.child(
              parent.run(),
              "child_1",
              child,
              ClosePolicy.ABANDON,
              Drafts.creation(runs.workflow())));
      scene.accept(child, Drafts.started());
      Owned owned = scene.claimed(child, scene.worker());
      runs.settled(owned, Drafts.completed());
      runs.pass(50);
      assertThat(scene.storage().prune(List.of(child))).isEmpty();
      assertThat(scene.storage().relay(Set.of(parent.run()), 10)).hasSize(1);
      scene.storage().release(owned.worker(), child, owned.epoch(), Due.NEVER);
      assertThat(runs.prune()).containsExactly(child);
    }
  }

  @Test
  @Requires(Capability.RETENTION)
  @Rule("PRU-3")
  default void whatIsKeptStaysUntilItIsNot(StorageScene scene) {
    try (Expiring runs = Expiring.in(scene)) {
      RunId kept = runs.ended(Drafts.completed());
      RunId other = runs.ended(Drafts.completed());
      assertThat(scene.storage().keep(kept, true)).isTrue();
      assertThat(scene.peer().keep(kept, true)).isTrue();
      assertThat(scene.storage().keep(scene.runId(), true)).isFalse();
      runs.pass(50);
      assertThat(runs.expired()).containsExactly(other);
      assertThat(scene.storage().prune(List.of(kept, other))).containsExactly(other);
      assertThat(scene.storage().keep(kept, false)).isTrue();
      assertThat(runs.prune()).containsExactly(kept);
    }
  }

  @Test
  @Requires(Capability.RETENTION)
  @Rule("PRU-4")
  default void ofThoseWhoDeleteAtOnceOneDeletesEachRun(StorageScene scene) throws Exception {
    try (Expiring runs = Expiring.in(scene)) {
      List<RunId> all =
          IntStream.range(0, 30).mapToObj(i -> runs.ended(Drafts.completed())).toList();
      runs.pass(11);
      List<Callable<List<RunId>>> racers =
          IntStream.range(0, 6)
              .<Callable<List<RunId>>>mapToObj(
                  i ->
                      () -> {
                        Storage at = i % 2 == 0 ? scene.storage() : scene.peer();
                        List<RunId> gone = new ArrayList<>();
                        for (int from = 0; from < all.size(); from += 10) {
                          gone.addAll(at.prune(all.subList(from, from + 10)));
                        }
                        return gone;
                      })
              .toList();
      List<RunId> gone = Racers.all(racers).stream().flatMap(List::stream).toList();
      assertThat(gone).doesNotHaveDuplicates();
      List<RunId> last = new ArrayList<>(gone);
      last.addAll(runs.prune());
      assertThat(last).containsExactlyInAnyOrderElementsOf(all);
    }
  }

  @Test
  @Requires(Capability.RETENTION)
  @Rule("PRU-6")
  default void oneRoundIsBegunByOneAndGoesOnWhereTheLastEnded(StorageScene scene) {
    Storage storage = scene.storage();
    WorkerId worker = scene.worker();
    assertThat(storage.beat(worker, StorageScene.LEASE, false).orElseThrow().prunes()).isFalse();
    assertThat(storage.beginRound(Duration.ofMinutes(1))).isEmpty();
    try (Expiring runs = Expiring.in(scene)) {
      assertThat(storage.beat(worker, StorageScene.LEASE, false).orElseThrow().prunes()).isTrue();
      assertThat(storage.beginRound(Duration.ofMinutes(1)).orElseThrow().after()).isNull();
      assertThat(scene.peer().beginRound(Duration.ofMinutes(1))).isEmpty();
      assertThat(storage.beat(worker, StorageScene.LEASE, false).orElseThrow().prunes()).isFalse();
      runs.ended(Drafts.completed());
      runs.ended(Drafts.completed());
      runs.pass(11);
      assertThat(storage.beginRound(Duration.ofMinutes(1)))
          .as("whoever had it is lost")
          .isPresent();
      String next = storage.expired(null, 1).next();
      assertThat(next).isNotNull();
      storage.endRound(next, Duration.ofSeconds(2), 1, "no room");
      assertThat(scene.peer().beginRound(Duration.ofMinutes(1))).isEmpty();
      assertThat(scene.peer().retention().trouble()).isEqualTo("no room");
      assertThat(scene.peer().retention().deleted()).isOne();
      scene.stage().advance(Duration.ofSeconds(3));
      assertThat(scene.peer().beginRound(Duration.ofMinutes(1)).orElseThrow().after())
          .isEqualTo(next);
      scene.peer().endRound(null, Duration.ofDays(1), 1, null);
      assertThat(storage.retention().lastPassAt()).isNotNull();
      assertThat(storage.retention().trouble()).isNull();
      assertThat(storage.retention().policy().of(runs.workflow()).completed())
          .isEqualTo(Expiring.whiles(10));
    }
    assertThat(storage.beat(worker, StorageScene.LEASE, false).orElseThrow().prunes()).isFalse();
  }

  @Test
  @Requires(Capability.RETENTION)
  @Rule("PRU-7")
  default void whatHasEndedIsCountedUpToABound(StorageScene scene) {
    try (Expiring runs = Expiring.in(scene)) {
      runs.ended(Drafts.completed());
      runs.ended(Drafts.failed());
      scene.running();
      assertThat(scene.storage().ended(1)).isOne();
      assertThat(scene.storage().ended(1_000_000)).isGreaterThanOrEqualTo(2);
    }
  }
}
