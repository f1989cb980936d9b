package dev.fantasticfour.world.core.engine.history;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.UpdateFact;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a log says became of updates. The code is not asked again whether it takes one; but what it
 * took it has to take again, and to answer. For one thread.
 */
final class RecordedUpdates {

  /** What the branches of handlers begin with; the id of the update follows. */
  static final String BRANCHES = "/~update/";

  private final Set<String> taken = new HashSet<>();
  private final Set<String> answered = new HashSet<>();
  private final Set<String> toTake = new LinkedHashSet<>();
  private final Set<String> toAnswer = new LinkedHashSet<>();

  void read(Event event, String id, UpdateFact fact) {
    switch (fact) {
      case UpdateFact.Requested f -> {}
      case UpdateFact.Accepted f -> note(event, id, taken, toTake);
      case UpdateFact.Completed f -> note(event, id, answered, toAnswer);
      case UpdateFact.Failed f -> note(event, id, answered, toAnswer);
      case UpdateFact.Rejected f -> {
        boolean unused = answered.add(id);
      }
    }
  }

  private void note(Event event, String id, Set<String> all, Set<String> toRepeat) {
    boolean unused = all.add(id) && event.byOwner() && toRepeat.add(id);
  }

  /** Whether its code took it; it does so again now. */
  boolean take(String id) {
    boolean unused = toTake.remove(id);
    return taken.contains(id);
  }

  /** The update in whose handler that branch is, if the code has not taken it again; or null. */
  @Nullable String untakenOf(String branch) {
    for (String id : toTake) {
      String handler = BRANCHES + id;
      if (branch.equals(handler) || branch.startsWith(handler + "/")) {
        return id;
      }
    }
    return null;
  }

  /** Whether there is an answer; the code has come to one again now. */
  boolean answer(String id) {
    boolean unused = toAnswer.remove(id);
    return answered.contains(id);
  }

  /** Whether the code has taken and answered again what is recorded so. */
  boolean isMatched() {
    return toTake.isEmpty() && toAnswer.isEmpty();
  }

  /** Whether it was answered without having been taken. */
  boolean isRefused(String id) {
    return answered.contains(id) && !taken.contains(id);
  }

  /**
   * Checks, once all has been told, that the code has taken and answered what is recorded so.
   *
   * @throws Divergence naming the first that it has not
   */
  void checkComplete() {
    for (String id : toTake) {
      throw Divergence.updateNotTaken(id);
    }
    for (String id : toAnswer) {
      throw Divergence.updateNotAnswered(id);
    }
  }
}
