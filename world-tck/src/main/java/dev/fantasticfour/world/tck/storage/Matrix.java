package dev.fantasticfour.world.tck.storage;

import dev.fantasticfour.world.api.event.UpdateFact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.rules.NameState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings a run into a state by the shortest history there is, and asks the rules and the adapter
 * about every event by every authority. A state is used until an event is accepted; what is refused
 * must not change it.
 */
final class Matrix {

  /** The step that the histories are about, and of which attempts are held. */
  static final String STEP = "step_1";

  /** How the run stands. */
  enum Phase {
    ABSENT,
    PENDING,
    RUNNING,
    COMPLETED,
    FAILED,
    CANCELLED,
    TERMINATED;

    boolean isFinal() {
      return ordinal() >= COMPLETED.ordinal();
    }
  }

  /** In whose hands it is. */
  enum Hands {
    NEVER_CLAIMED,
    OWNED,
    /** Owned, and somebody else has written since. */
    OWNED_UNSEEN,
    RELEASED,
    CLAIMED_AGAIN
  }

  private final StorageScene scene;
  private final Map<String, NameState> names;
  private final WorkerId worker;
  private final WorkerId stranger;
  private final List<String> faults = new ArrayList<>();
  private int cells;

  /**
   * @param names tokens and run keys that other runs hold
   */
  Matrix(StorageScene scene, Map<String, NameState> names) {
    this.scene = scene;
    this.names = names;
    this.worker = scene.worker();
    this.stranger = scene.worker();
  }

  /** Asks about each of those drafts in that state. */
  void ask(Phase phase, Hands hands, List<Draft> history, List<Draft> drafts) {
    ask(phase, hands, history, drafts, false);
  }

  private void ask(
      Phase phase, Hands hands, List<Draft> history, List<Draft> drafts, boolean frees) {
    boolean impossible =
        (phase == Phase.ABSENT && (hands != Hands.NEVER_CLAIMED || !history.isEmpty()))
            || (phase.isFinal() && hands == Hands.OWNED_UNSEEN);
    if (impossible) {
      return;
    }
    String state = phase + ", " + hands + ", " + words(history);
    Subject subject = null;
    long seen = 0;
    for (Draft draft : drafts) {
      for (int i = 0; i < authorities(1, 1).size(); i++) {
        if (subject == null) {
          subject = subject(phase, hands, history);
          seen = hands == Hands.OWNED_UNSEEN ? subject.last() - 1 : subject.last();
        }
        Authority by = authorities(subject.epoch(), seen).get(i);
        long before = subject.last();
        String cell = state + ": " + draft.fact() + " by " + by;
        subject
            .ask(by, Kin.bound(subject.run(), draft))
            .ifPresent(fault -> faults.add(cell + ":\n    " + fault));
        cells++;
        if (subject.last() != before) {
          leave(subject, frees);
          subject = null;
        }
      }
    }
    if (subject != null) {
      if (!subject.isUntouched()) {
        faults.add(state + ": something that was refused left a trace");
      }
      leave(subject, frees);
    }
  }

  private void leave(Subject subject, boolean frees) {
    if (frees && subject.last() > 0) {
      scene.append(subject.run(), Drafts.terminated());
    }
  }

  /** The same, where histories take names that the next subject needs: it ends each when done. */
  void askFreeing(Phase phase, Hands hands, List<Draft> history, List<Draft> drafts) {
    ask(phase, hands, history, drafts, true);
  }

  private static String words(List<Draft> history) {
    return history.stream().map(draft -> draft.fact().type().word()).toList().toString();
  }

  private List<Authority> authorities(long epoch, long seen) {
    long current = Math.max(1, epoch);
    return List.of(
        Authority.ANYONE,
        new Authority.Foreign(Due.NOW),
        new Authority.Owner(worker, current, seen, Due.NOW),
        new Authority.Owner(worker, current + 1, seen, Due.NOW),
        new Authority.Owner(worker, 1, seen, Due.NOW),
        new Authority.Owner(stranger, current, seen, Due.NOW),
        new Authority.AttemptHolder(STEP, 1),
        new Authority.AttemptHolder(STEP, 2),
        new Authority.AttemptHolder("step_other", 1));
  }

  private Subject subject(Phase phase, Hands hands, List<Draft> history) {
    RunId run = scene.runId();
    boolean claimed = hands != Hands.NEVER_CLAIMED;
    // What its owner may not say was said before it had one.
    boolean later =
        claimed && history.stream().anyMatch(d -> d.fact() instanceof UpdateFact.Requested);
    if (phase != Phase.ABSENT) {
      List<Draft> drafts = new ArrayList<>(List.of(Drafts.created("matrix")));
      if (phase != Phase.PENDING) {
        drafts.add(Drafts.started());
      }
      history.forEach(draft -> drafts.add(Kin.bound(run, draft)));
      boolean ends = phase.isFinal() && phase != Phase.TERMINATED;
      if (ends && !later) {
        drafts.add(end(phase));
      }
      StorageScene.accepted(
          StorageScene.append(
              scene.storage(),
              StorageScene.batch(
                  new Target.OfRun(run),
                  Authority.ANYONE,
                  claimed && !later ? worker : null,
                  drafts.toArray(Draft[]::new))));
      if (later) {
        Owned owned = scene.claimed(run, worker);
        if (ends) {
          owned.accept(end(phase));
        }
      }
      if (phase == Phase.TERMINATED) {
        scene.accept(run, Drafts.terminated());
      }
    }
    return inHands(run, hands);
  }

  private static Draft end(Phase phase) {
    return switch (phase) {
      case COMPLETED -> Drafts.completed();
      case FAILED -> Drafts.failed();
      default -> Drafts.cancelled();
    };
  }

  private Subject inHands(RunId run, Hands hands) {
    @Nullable WorkerId owner = worker;
    long epoch = 1;
    switch (hands) {
      case NEVER_CLAIMED -> {
        owner = null;
        epoch = 0;
      }
      case OWNED -> {}
      case OWNED_UNSEEN -> scene.accept(run, Drafts.cancelRequested());
      case RELEASED -> {
        scene.storage().release(worker, run, 1, Due.NOW);
        owner = null;
      }
      case CLAIMED_AGAIN -> epoch = scene.claimed(run, worker).epoch();
    }
    return new Subject(scene, run, epoch, owner, names);
  }

  /** Fails with every cell in which the adapter and the rules part. */
  void judge() {
    if (!faults.isEmpty()) {
      throw new AssertionError(
          faults.size() + " of " + cells + " cells differ:\n" + String.join("\n", faults));
    }
  }
}
