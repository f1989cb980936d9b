package dev.fantasticfour.world.tck.storage;

import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.event.ChildFact;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.PermitFact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.event.SendFact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.event.UpdateFact;
import dev.fantasticfour.world.api.run.ClosePolicy;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.rules.NameState;
import dev.fantasticfour.world.tck.Rule;
import dev.fantasticfour.world.tck.storage.Matrix.Hands;
import dev.fantasticfour.world.tck.storage.Matrix.Phase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Every event in every state by every authority: what the adapter says must be what the rules say.
 * Nothing is listed by hand but how a state is brought about.
 *
 * <p>Each difference is one line with the state, the event and the authority, and both verdicts.
 */
public interface MatrixChapter {

  /** Long past for every store's clock that a kit moves. */
  Instant PAST = Instant.parse("2001-01-01T00:00:00Z");

  /** Far ahead of every store's clock that a kit moves. */
  Instant FUTURE = Instant.parse("2901-01-01T00:00:00Z");

  /** A site, for events that may create what they are about. */
  Site SITE = new Site("n", "", 0);

  /** Stands for the run that is asked about. */
  RunId ANY = new RunId("wrun_any");

  @Test
  @Rule({"2.3", "L3"})
  default void everyRunEventIsJudgedAsTheRulesJudgeIt(StorageScene scene) {
    String key = Fresh.name("key-");
    RunId holder = scene.runId();
    scene.accept(holder, Drafts.of(null, Drafts.creation("matrix", key, "hash")));
    Matrix matrix = new Matrix(scene, Map.of(key, new NameState.Held(holder, "hash")));
    List<Draft> drafts =
        List.of(
            Drafts.created("matrix"),
            Drafts.of(null, Drafts.creation("matrix", key, "other")),
            Drafts.started(),
            Drafts.startedWith(Drafts.creation("matrix")),
            Drafts.startedWith(Drafts.creation("")),
            Drafts.startedWith(Drafts.creation("matrix", key, "other")),
            Drafts.completed(),
            Drafts.failed(),
            Drafts.cancelled(),
            Drafts.terminated(),
            Drafts.cancelRequested(),
            Kin.continued(ANY, ANY, Drafts.creation("matrix"), List.of(1L)),
            Kin.continued(ANY, ANY, Drafts.creation("matrix", key, "hash"), List.of()),
            Drafts.of(null, new RunFact.Deferred(FUTURE)),
            Drafts.of(null, new RunFact.SignalReceived("s", "1", Drafts.VALUE)),
            Drafts.of(null, new RunFact.StatePublished("s", Drafts.VALUE)),
            Drafts.of(null, new RunFact.ChangeMarked("c", true)),
            Drafts.of(
                null, new RunFact.AttributesSet(Map.of("a", Optional.of(AttributeValue.of("x"))))));
    for (Phase phase : Phase.values()) {
      for (Hands hands : Hands.values()) {
        matrix.ask(phase, hands, List.of(), drafts);
      }
    }
    matrix.judge();
  }

  @Test
  @Rule({"2.3", "L3"})
  default void everyStepEventIsJudgedAsTheRulesJudgeIt(StorageScene scene) {
    Matrix matrix = new Matrix(scene, Map.of());
    String s = Matrix.STEP;
    Draft created = Drafts.stepCreated(s);
    Draft started = Drafts.stepStarted(s);
    List<List<Draft>> histories =
        List.of(
            List.of(),
            List.of(created),
            List.of(created, started, Drafts.stepCompleted(s)),
            List.of(created, started),
            List.of(created, started, Drafts.stepRetrying(s, PAST)),
            List.of(created, Drafts.stepRetrying(s, FUTURE)),
            List.of(created, Drafts.stepRetrying(s, null)),
            List.of(created, started, Drafts.stepFailed(s)),
            List.of(created, Drafts.stepCancelled(s)),
            List.of(Drafts.stepDone(s, "fast")));
    List<Draft> drafts =
        List.of(
            created,
            started,
            Drafts.stepStarted(s, 2),
            Drafts.of(s, new Fact.StepStarted(SITE, 1, null)),
            Drafts.stepRetrying(s, 1, null),
            Drafts.stepRetrying(s, 2, FUTURE),
            Drafts.of(s, new Fact.StepRetrying(SITE, 1, Drafts.ERROR, null)),
            Drafts.stepCompleted(s, 1),
            Drafts.stepCompleted(s, 2),
            Drafts.stepDone(s, "n"),
            Drafts.stepFailed(s, 1),
            Drafts.of(s, new Fact.StepFailed(SITE, 1, null, Drafts.ERROR, null)),
            Drafts.stepCancelled(s),
            Drafts.of(s, new Fact.StepCancelled(SITE)));
    everywhere(matrix, histories, drafts);
    matrix.judge();
  }

  @Test
  @Rule({"2.3", "L3"})
  default void everyHookEventIsJudgedAsTheRulesJudgeIt(StorageScene scene) {
    String taken = scene.token();
    RunId holder = scene.running(Drafts.hookCreated("hook_holder", taken));
    Matrix matrix = new Matrix(scene, Map.of(taken, new NameState.Held(holder, null)));
    String h = "hook_1";
    for (Phase phase : Phase.values()) {
      for (Hands hands : hands(phase)) {
        String own = scene.token();
        Draft created = Drafts.hookCreated(h, own);
        List<Draft> drafts =
            List.of(
                Drafts.hookCreated(h, scene.token()),
                Drafts.hookCreated(h, taken),
                Drafts.hookCreated("hook_2", taken),
                Drafts.hookCreated("hook_2", own),
                Drafts.hookReceived(h),
                Drafts.hookDisposed(h));
        for (List<Draft> history :
            List.of(
                List.<Draft>of(),
                List.of(created),
                List.of(Drafts.hookCreated(h, taken)),
                List.of(created, Drafts.hookDisposed(h)))) {
          matrix.askFreeing(phase, hands, history, drafts);
        }
      }
    }
    matrix.judge();
  }

  @Test
  @Rule({"2.3", "L3"})
  default void everyWaitEventIsJudgedAsTheRulesJudgeIt(StorageScene scene) {
    Matrix matrix = new Matrix(scene, Map.of());
    String w = "wait_1";
    Draft created = Drafts.waitCreated(w);
    everywhere(
        matrix,
        List.of(
            List.of(),
            List.of(created),
            List.of(created, Drafts.waitCompleted(w)),
            List.of(created, Drafts.waitCancelled(w))),
        List.of(created, Drafts.waitCompleted(w), Drafts.waitCancelled(w)));
    matrix.judge();
  }

  @Test
  @Rule({"2.3", "L3"})
  default void everyEventAboutAChildOrASendIsJudgedAsTheRulesJudgeIt(StorageScene scene) {
    String key = Fresh.name("key-");
    RunId holder = scene.runId();
    scene.accept(holder, Drafts.of(null, Drafts.creation("matrix", key, "hash")));
    Matrix matrix = new Matrix(scene, Map.of(key, new NameState.Held(holder, "hash")));
    Draft child = Kin.child(ANY, "child_1", ANY, ClosePolicy.TERMINATE);
    Draft keyed =
        Kin.child(ANY, "child_1", ANY, ClosePolicy.ABANDON, Drafts.creation("matrix", key, "hash"));
    Draft send = Drafts.of("send_1", new SendFact.SignalSent(SITE, "wrun_t", "s", Drafts.VALUE));
    everywhere(
        matrix,
        List.of(List.of(), List.of(child), List.of(send)),
        List.of(
            child,
            keyed,
            Drafts.of("child_1", new ChildFact.Completed("wrun_c", Drafts.VALUE)),
            Drafts.of("child_1", new ChildFact.Failed("wrun_c", Drafts.ERROR, "X")),
            Drafts.of("child_1", new ChildFact.Cancelled("wrun_c", "so", false)),
            Drafts.of("child_1", new ChildFact.CancelRequested("so")),
            send));
    matrix.judge();
  }

  @Test
  @Rule({"2.3", "L3"})
  default void everyEventAboutAPermitIsJudgedAsTheRulesJudgeIt(StorageScene scene) {
    Matrix matrix = new Matrix(scene, Map.of());
    Draft asked = Drafts.of("permit_1", new PermitFact.Requested(SITE, "queue", "key", 1));
    Draft released = Drafts.of("permit_1", new PermitFact.Released());
    everywhere(
        matrix,
        List.of(List.of(), List.of(asked), List.of(asked, released)),
        List.of(asked, released, Drafts.of("permit_1", new PermitFact.Revoked("so"))));
    matrix.judge();
  }

  @Test
  @Rule({"2.3", "L3"})
  default void everyEventAboutAnUpdateIsJudgedAsTheRulesJudgeIt(StorageScene scene) {
    Matrix matrix = new Matrix(scene, Map.of());
    Draft asked = Drafts.of("u", new UpdateFact.Requested("update", Drafts.VALUE));
    Draft accepted = Drafts.of("u", new UpdateFact.Accepted());
    Draft completed = Drafts.of("u", new UpdateFact.Completed(Drafts.VALUE));
    Draft rejected = Drafts.of("u", new UpdateFact.Rejected(Drafts.ERROR, "X"));
    everywhere(
        matrix,
        List.of(
            List.of(),
            List.of(asked),
            List.of(asked, accepted),
            List.of(asked, rejected),
            List.of(asked, accepted, completed)),
        List.of(
            asked,
            accepted,
            completed,
            rejected,
            Drafts.of("u", new UpdateFact.Failed(Drafts.ERROR, null))));
    matrix.judge();
  }

  /**
   * All histories in a running run; the first of them in every other and in all hands, because what
   * a step, hook or wait says does not depend on whose the run is.
   */
  private static void everywhere(Matrix matrix, List<List<Draft>> histories, List<Draft> drafts) {
    for (Phase phase : Phase.values()) {
      for (Hands hands : hands(phase)) {
        boolean all = phase == Phase.RUNNING && hands.ordinal() <= Hands.OWNED_UNSEEN.ordinal();
        histories.stream()
            .limit(all ? histories.size() : phase.ordinal() <= Phase.COMPLETED.ordinal() ? 3 : 1)
            .forEach(history -> matrix.ask(phase, hands, history, drafts));
      }
    }
  }

  private static List<Hands> hands(Phase phase) {
    return phase == Phase.RUNNING
        ? List.of(Hands.values())
        : List.of(Hands.NEVER_CLAIMED, Hands.OWNED);
  }

  @Test
  @Rule({"L1", "2.3", "L3"})
  default void batchesOfAnyKindAreJudgedAsTheRulesJudgeThem(StorageScene scene) {
    long seed = RandomBatches.seed();
    for (int round = 0; round < Math.max(1, scene.stage().harness().rounds() / 2); round++) {
      new RandomBatches(scene, seed + round).play();
    }
  }
}
