package dev.fantasticfour.world.tck.storage;

import dev.fantasticfour.world.core.memory.MemoryStorage;
import dev.fantasticfour.world.core.memory.MemoryStore;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.tck.storage.History.Call;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for an order in which calls that overlapped could have been made one after another with the
 * very answers they got: whatever was answered before something else was asked stays before it. The
 * model that answers is the in-memory world, which asks the rules.
 */
final class Linearizer {

  private final History history;
  private final InstantSource clock;

  /**
   * Sets of calls that were made in some order and led to nothing. Answers of appends say their
   * positions, so the same calls with the same answers leave the same state in any order.
   */
  private final Set<Set<Call>> dead = new HashSet<>();

  private Linearizer(History history, InstantSource clock) {
    this.history = history;
    this.clock = clock;
  }

  /**
   * Such an order, or nothing when there is none.
   *
   * @param clock the store's, which other tests may have moved
   */
  static Optional<List<Call>> order(History history, InstantSource clock) {
    List<Call> made = new ArrayList<>();
    boolean found = new Linearizer(history, clock).search(made);
    return found ? Optional.of(made) : Optional.empty();
  }

  private boolean search(List<Call> made) {
    List<Call> left = new ArrayList<>(history.calls());
    left.removeAll(made);
    if (left.isEmpty()) {
      return true;
    }
    if (dead.contains(Set.copyOf(made))) {
      return false;
    }
    for (Call next : left) {
      boolean isFirst = left.stream().noneMatch(other -> other.isBefore(next));
      if (isFirst && next.op().ask().apply(after(made)).equals(next.answer())) {
        made.add(next);
        if (search(made)) {
          return true;
        }
        made.removeLast();
      }
    }
    dead.add(Set.copyOf(made));
    return false;
  }

  /** The model after these calls. */
  private Storage after(List<Call> made) {
    Storage model = new MemoryStorage(new MemoryStore(clock));
    for (Batch batch : history.setup()) {
      AppendResult result = model.append(List.of(batch)).getFirst();
      StorageScene.accepted(result);
    }
    for (Call call : made) {
      String unused = call.op().ask().apply(model);
    }
    return model;
  }
}
