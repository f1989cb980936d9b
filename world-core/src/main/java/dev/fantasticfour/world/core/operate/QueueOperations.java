package dev.fantasticfour.world.core.operate;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.core.operate.Trail.Request;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Queue.DeadLetter;
import dev.fantasticfour.world.core.port.Queue.Stats;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Queues, and messages that nobody could handle; whoever has a scope changes nothing here. Safe for
 * any number of threads.
 */
public final class QueueOperations {

  private final Supplier<? extends Queue> queue;
  private final Trail trail;

  QueueOperations(Supplier<? extends Queue> queue, Trail trail) {
    this.queue = queue;
    this.trail = trail;
  }

  /** How full each queue is that there is, by name. */
  public Map<String, Stats> all() {
    trail.requireUnscoped(Action.LIST_QUEUES);
    Map<String, Stats> all = new TreeMap<>();
    Queue opened = queue.get();
    opened.queues().forEach(name -> all.put(name, opened.stats(name)));
    return all;
  }

  /** How full a queue is. */
  public Stats stats(String name) {
    trail.requireUnscoped(Action.LIST_QUEUES);
    return queue.get().stats(name);
  }

  /** Its dead letters, oldest first. */
  public Page<DeadLetter> dead(String name, PageRequest page) {
    trail.requireUnscoped(Action.LIST_DEAD_LETTERS);
    return queue.get().dead(name, page);
  }

  /** Puts a dead letter back. Returns whether it was there. */
  public boolean revive(String name, String message) {
    Work<Boolean, RuntimeException> work = () -> queue.get().revive(name, message);
    return trail.beyondRuns(
        Request.of(Action.REVIVE, name + " " + message), work, was -> was ? "" : "not there");
  }

  /**
   * Puts all dead letters of a queue back that it has when this begins: one that dies again
   * meanwhile is not put back twice. Returns how many.
   */
  public long reviveAll(String name) {
    Work<Long, RuntimeException> work =
        () -> dead(name).stream().filter(letter -> queue.get().revive(name, letter)).count();
    return trail.beyondRuns(Request.of(Action.REVIVE, name), work, count -> count + " revived");
  }

  private Set<String> dead(String name) {
    Set<String> dead = new LinkedHashSet<>();
    PageRequest request = PageRequest.oldestFirst().withLimit(PageRequest.MAX);
    Page<DeadLetter> page = queue.get().dead(name, request);
    page.items().forEach(letter -> dead.add(letter.id()));
    while (page.hasMore()) {
      page = queue.get().dead(name, request.after(page.cursor()));
      page.items().forEach(letter -> dead.add(letter.id()));
    }
    return dead;
  }

  /** Takes a dead letter away for good. Returns whether it was there. */
  public boolean drop(String name, String message) {
    Work<Boolean, RuntimeException> work = () -> queue.get().drop(name, message);
    return trail.beyondRuns(
        Request.of(Action.DROP, name + " " + message), work, was -> was ? "" : "not there");
  }
}
