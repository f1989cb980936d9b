package dev.fantasticfour.world.tck.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.event.SendFact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.event.UpdateFact;
import dev.fantasticfour.world.api.run.ClosePolicy;
import dev.fantasticfour.world.api.run.Hold;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Capability;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.RunCopies.CopyResult;
import dev.fantasticfour.world.core.port.RunCopies.RunCopy;
import dev.fantasticfour.world.core.port.RunCustody.DueRun;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.tck.Racers;
import dev.fantasticfour.world.tck.Requires;
import dev.fantasticfour.world.tck.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Runs that begin with the log of another; what is read of them is compared with its fold. */
public interface CopyChapter {

  private static RunCopy copyOf(StorageScene scene, RunId original) {
    return copyOf(scene.runId(), scene.log(original));
  }

  /** That log as another run's. */
  private static RunCopy copyOf(RunId run, List<Event> log) {
    List<Event> its =
        log.stream()
            .map(
                e ->
                    new Event(
                        run,
                        e.position(),
                        e.id(),
                        e.createdAt(),
                        e.occurredAt(),
                        e.correlationId(),
                        e.batchId() + "c",
                        e.seen(),
                        e.fact()))
            .toList();
    return new RunCopy(run, its, false, null, null);
  }

  private static RunId begun(StorageScene scene, RunCopy copy) {
    assertThat(scene.storage().copy(copy)).isInstanceOf(CopyResult.Begun.class);
    return scene.named(copy.run());
  }

  /** A run that has said a lot. */
  private static Owned eventful(StorageScene scene) {
    Owned owned = scene.owned(Drafts.stepCreated("step_1"), Drafts.stepStarted("step_1", 1));
    owned.accept(
        Drafts.stepRetrying("step_1", 1, null),
        Drafts.hookCreated("hook_1", scene.token()),
        Drafts.hookCreated("hook_2", scene.token()),
        Drafts.waitCreated("wait_1"),
        Drafts.waitCreated("wait_2"));
    scene.accept(owned.run(), Drafts.hookReceived("hook_1"));
    scene.accept(
        owned.run(), Drafts.of(null, new RunFact.SignalReceived("s", "sig-1", Drafts.VALUE)));
    scene.accept(owned.run(), Drafts.of("upd_1", new UpdateFact.Requested("change", Drafts.VALUE)));
    owned.accept(
        Drafts.hookDisposed("hook_1"),
        Drafts.waitCompleted("wait_1"),
        Drafts.of("upd_1", new UpdateFact.Accepted()),
        Drafts.stepStarted("step_1", 2),
        Drafts.stepCompleted("step_1", 2),
        Drafts.stepDone("step_2", "ship"),
        Drafts.of(null, new RunFact.StatePublished("status", Payload.json("1"))),
        Drafts.of(null, new RunFact.StatePublished("status", Payload.json("2"))),
        Drafts.of(null, new RunFact.ChangeMarked("faster", true)),
        Drafts.of(
            null,
            new RunFact.AttributesSet(Map.of("city", Optional.of(AttributeValue.of("Oslo"))))),
        Kin.child(owned.run(), "child_1", scene.runId(), ClosePolicy.TERMINATE));
    return owned;
  }

  @Test
  @Rule("CP-1")
  @Requires(Capability.RUN_COPIES)
  default void aCopyHasTheLogAndAllThatFollowsFromIt(StorageScene scene) {
    Owned original = eventful(scene);
    original.accept(Drafts.failed());
    List<Event> log = scene.log(original.run());
    RunCopy copy = copyOf(scene.runId(), log.subList(0, log.size() - 1));

    RunId run = begun(scene, copy);

    List<Event> its = scene.log(run);
    assertThat(its)
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("id", "createdAt")
        .isEqualTo(copy.log());
    assertThat(scene.view(run).status()).isEqualTo(RunStatus.RUNNING);
    assertThat(scene.view(run).attributes()).containsKey("city");
    assertThat(scene.peer().hooks(run, PageRequest.oldestFirst()).items())
        .extracting(HookRecord::id)
        .containsExactly("hook_2");
    assertThat(scene.view(original.run()).status()).isEqualTo(RunStatus.FAILED);
  }

  @Test
  @Rule("CP-1")
  @Requires(Capability.RUN_COPIES)
  default void aCopyIsDueAtOnceAndGoesOn(StorageScene scene) {
    String workflow = scene.workflow();
    RunId original = scene.running(workflow);
    scene.accept(original, Drafts.terminated());
    RunId run = begun(scene, copyOf(scene.runId(), scene.log(original).subList(0, 2)));

    assertThat(
            scene
                .storage()
                .due(scene.worker(), new Work("orders", Set.of(workflow)), Duration.ZERO, 10))
        .extracting(DueRun::run)
        .contains(run);
    Owned owned = scene.claimed(run, scene.worker());
    owned.accept(Drafts.stepDone("step_1", "charge"), Drafts.completed());
    assertThat(scene.view(run).status()).isEqualTo(RunStatus.COMPLETED);
  }

  @Test
  @Rule("CP-2")
  @Requires(Capability.RUN_COPIES)
  default void nothingIsOwedForWhatItsLogSaysWasSent(StorageScene scene) {
    RunId other = scene.running();
    Owned original = scene.owned();
    original.accept(
        Drafts.of(
            "send_1", new SendFact.SignalSent(Site.named("s"), other.value(), "s", Drafts.VALUE)));
    scene.storage().relay(Set.of(other), 10);
    long before = scene.view(other).lastPosition();

    RunId run = begun(scene, copyOf(scene, original.run()));

    assertThat(scene.storage().owed(run, 10)).isEmpty();
    scene.storage().relay(Set.of(other), 10);
    assertThat(scene.view(other).lastPosition()).isEqualTo(before);
  }

  @Test
  @Rule("CP-3")
  @Requires(Capability.RUN_COPIES)
  default void aRunThatIsThereStaysAsItIs(StorageScene scene) {
    RunId original = scene.running();
    RunCopy copy = copyOf(scene, original);
    RunId run = begun(scene, copy);
    scene.accept(run, Drafts.cancelRequested());

    assertThat(scene.peer().copy(copy)).isEqualTo(new CopyResult.Exists());

    assertThat(scene.log(run)).hasSize(3);
  }

  @Test
  @Rule("CP-3")
  @Requires(Capability.RUN_COPIES)
  default void ofManyThatBeginTheSameRunOneDoes(StorageScene scene) throws Exception {
    RunCopy copy = copyOf(scene, eventful(scene).run());
    RunCopy free = withoutHooks(copy);

    List<CopyResult> results =
        Racers.all(
            IntStream.range(0, 8)
                .<Callable<CopyResult>>mapToObj(
                    i -> () -> (i % 2 == 0 ? scene.storage() : scene.peer()).copy(free))
                .toList());

    scene.named(copy.run());
    assertThat(results.stream().filter(CopyResult.Begun.class::isInstance)).hasSize(1);
    assertThat(results.stream().filter(CopyResult.Exists.class::isInstance)).hasSize(7);
  }

  private static RunCopy withoutHooks(RunCopy copy) {
    List<Event> log = copy.log().subList(0, 4);
    return new RunCopy(copy.run(), log, false, null, null);
  }

  @Test
  @Rule("CP-4")
  @Requires(Capability.RUN_COPIES)
  default void theKeyGoesFromOneRunToTheOtherOrNothingIsDone(StorageScene scene) {
    String workflow = scene.workflow();
    RunId original = scene.runId();
    scene.accept(
        original, Drafts.of(null, Drafts.creation(workflow, "key-1", "hash-1")), Drafts.started());
    scene.accept(original, Drafts.terminated());
    List<Event> log = scene.log(original).subList(0, 2);
    RunCopy copy = copyOf(scene.runId(), log);

    assertThat(scene.storage().copy(copy)).isEqualTo(new CopyResult.KeyTaken(original));
    assertThat(scene.storage().run(copy.run())).isEmpty();

    begun(scene, new RunCopy(copy.run(), copy.log(), false, original, null));
    RunCopy late = copyOf(scene.runId(), log);
    assertThat(scene.peer().copy(new RunCopy(late.run(), late.log(), false, original, null)))
        .isEqualTo(new CopyResult.KeyTaken(copy.run()));
    AppendResult again =
        scene.append(scene.runId(), Drafts.of(null, Drafts.creation(workflow, "key-1", "hash-1")));
    assertThat(again).isInstanceOf(AppendResult.Conflict.class);
    assertThat(((AppendResult.Conflict) again).existing()).isEqualTo(copy.run());
  }

  @Test
  @Rule("CP-5")
  @Requires(Capability.RUN_COPIES)
  default void aTokenThatSomebodyHasRefusesTheWholeCopy(StorageScene scene) {
    String token = scene.token();
    RunId original = scene.running(Drafts.hookCreated("hook_1", token));
    List<Event> log = scene.log(original);
    RunCopy copy = copyOf(scene.runId(), log);

    assertThat(scene.storage().copy(copy)).isEqualTo(new CopyResult.TokenTaken("hook_1", original));

    assertThat(scene.storage().run(copy.run())).isEmpty();
    assertThat(scene.storage().history(copy.run(), 0, 10)).isEmpty();
    scene.accept(original, Drafts.terminated());
    begun(scene, copy);
    assertThat(StorageScene.accepted(scene.resume(token, Drafts.hookReceived(null))).run())
        .isEqualTo(copy.run());
  }

  @Test
  @Rule("CP-5")
  @Requires(Capability.RUN_COPIES)
  default void aTokenThatTheLogGaveUpMayBeSomebodyElses(StorageScene scene) {
    String token = scene.token();
    RunId original =
        scene.running(Drafts.hookCreated("hook_1", token), Drafts.hookDisposed("hook_1"));
    RunId holder = scene.running(Drafts.hookCreated("hook_1", token));

    begun(scene, copyOf(scene, original));

    assertThat(StorageScene.accepted(scene.resume(token, Drafts.hookReceived(null))).run())
        .isEqualTo(holder);
  }

  @Test
  @Rule("CP-6")
  @Requires(Capability.RUN_COPIES)
  default void aLogThatIsKeptAsItWasKeepsItsTimes(StorageScene scene) {
    Owned original = scene.owned();
    scene.stage().advance(Duration.ofSeconds(5));
    original.accept(Drafts.stepDone("step_1", "charge"), Drafts.stepDone("step_2", "ship"));
    RunCopy now = copyOf(scene, original.run());
    RunCopy then = new RunCopy(now.run(), now.log(), true, null, null);

    RunId run = begun(scene, then);

    assertThat(scene.log(run))
        .extracting(Event::createdAt)
        .isEqualTo(scene.log(original.run()).stream().map(Event::createdAt).toList());
    RunId fresh = begun(scene, copyOf(scene, original.run()));
    assertThat(scene.view(fresh).createdAt()).isAfter(scene.view(run).updatedAt());
  }

  @Test
  @Rule("CP-6")
  @Requires(Capability.RUN_COPIES)
  default void aRunMayBeHeldFromItsBeginning(StorageScene scene) {
    RunCopy copy = copyOf(scene, scene.running());

    RunId run =
        begun(
            scene,
            new RunCopy(copy.run(), copy.log(), false, null, new RunCopy.Held("imported", "ada")));

    Hold hold = Objects.requireNonNull(scene.view(run).hold());
    assertThat(hold.reason()).isEqualTo("imported");
    assertThat(scene.storage().claim(scene.worker(), Work.ofAll("orders"), List.of(run))).isEmpty();
    assertThat(scene.storage().letGo(run)).isPresent();
  }

  @Test
  @Rule("CP-6")
  @Requires(Capability.RUN_COPIES)
  default void aLogThatEndsItsRunLeavesItSettled(StorageScene scene) {
    for (RunId ended : scene.ended(Drafts.hookCreated("hook_1", scene.token()))) {
      RunId run = begun(scene, copyOf(scene, ended));

      RunRecord view = scene.view(run);
      assertThat(view.status()).isEqualTo(scene.view(ended).status());
      assertThat(view.dueAt()).isNull();
      assertThat(view.owner()).isNull();
      assertThat(scene.refuse(run, Drafts.cancelRequested()))
          .isInstanceOf(AppendResult.Closed.class);
    }
  }

  @Test
  @Rule("CP-7")
  @Requires(Capability.RUN_COPIES)
  default void aLogThatCannotBeOneIsRefused(StorageScene scene) {
    List<Event> log = scene.log(eventful(scene).run());
    for (List<Event> wrong :
        List.of(
            List.<Event>of(),
            log.subList(1, log.size()),
            log.stream().filter(e -> e.position() != 3).toList())) {
      RunCopy copy = copyOf(scene.runId(), wrong);
      Throwable thrown = catchThrowable(() -> scene.storage().copy(copy));
      assertThat(thrown).isInstanceOf(WorldException.class);
      assertThat(((WorldException) thrown).code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
      assertThat(scene.storage().run(copy.run())).isEmpty();
    }
  }

  @Test
  @Rule("CP-7")
  default void copiesThatAreDeclinedAreRefused(StorageScene scene) {
    RunCopy copy = copyOf(scene, scene.running());
    if (!scene.storage().declined().contains(Capability.RUN_COPIES)) {
      begun(scene, copy);
      return;
    }
    Throwable thrown = catchThrowable(() -> scene.storage().copy(copy));
    assertThat(thrown).isInstanceOf(WorldException.class);
    assertThat(((WorldException) thrown).code()).isEqualTo(ErrorCode.NOT_SUPPORTED);
  }

  @Test
  @Rule("CP-1")
  @Requires(Capability.RUN_COPIES)
  default void aLongLogIsCopiedWhole(StorageScene scene) {
    Owned original = scene.owned();
    for (int i = 0; i < 5; i++) {
      int part = i;
      original.accept(
          IntStream.range(0, 300)
              .mapToObj(n -> Drafts.stepDone("step_" + part + "_" + n, "charge"))
              .toArray(Draft[]::new));
    }
    RunId run = begun(scene, copyOf(scene, original.run()));
    assertThat(scene.log(run).stream().map(Event::fact).collect(Collectors.toList()))
        .isEqualTo(scene.log(original.run()).stream().map(Event::fact).toList());
    assertThat(scene.log(run).getFirst().fact()).isInstanceOf(Fact.RunCreated.class);
  }
}
