package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.ChildCancelledException;
import dev.fantasticfour.world.api.error.ChildFailedException;
import dev.fantasticfour.world.api.event.ChildFact;
import dev.fantasticfour.world.api.workflow.ValueType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A child of the run: what the code knows of it, and who waits for it. */
final class ChildEntry {

  private final String id;
  private final String run;
  private final String workflow;
  private final Promise<Boolean> created = Promise.toTheEnd();
  private List<Runnable> listeners = List.of();
  private @Nullable ChildFact outcome;
  private long position;
  private boolean read;
  private boolean asked;

  /**
   * @param id of the entity
   * @param run the child's run
   */
  ChildEntry(String id, String run, String workflow) {
    this.id = id;
    this.run = run;
    this.workflow = workflow;
  }

  String id() {
    return id;
  }

  String run() {
    return run;
  }

  String workflow() {
    return workflow;
  }

  /** Settled when the store has answered the creation. */
  Promise<Boolean> created() {
    return created;
  }

  /** Adds where its end stands that nobody has asked for. */
  void leave(Collection<Long> positions) {
    if (outcome != null && !read) {
      positions.add(position);
    }
  }

  boolean isOver() {
    return outcome != null;
  }

  /** Whether the code has asked it to cancel itself: once is enough. */
  boolean isAsked() {
    return asked;
  }

  void ask() {
    asked = true;
  }

  /** Has somebody told once when it is over; it is not yet. */
  void onOutcome(Runnable listener) {
    listeners = listeners.isEmpty() ? new ArrayList<>(1) : listeners;
    listeners.add(listener);
  }

  /** Nobody is told any more by that listener. */
  void forget(Runnable listener) {
    boolean unused = !listeners.isEmpty() && listeners.remove(listener);
  }

  /**
   * What became of it.
   *
   * @param at where in the log that stands
   */
  void over(ChildFact fact, long at) {
    outcome = fact;
    position = at;
    List<Runnable> told = listeners;
    listeners = List.of();
    told.forEach(Runnable::run);
  }

  /**
   * What it returned.
   *
   * @throws ChildFailedException when it failed
   * @throws ChildCancelledException when it was cancelled
   */
  @Nullable Payload result(Values values) {
    read = true;
    return switch (outcome) {
      case ChildFact.Completed f -> f.result();
      case ChildFact.Failed f ->
          throw new ChildFailedException(
              workflow, f.childRun(), f.errorCode(), values.failure(f.error()));
      case ChildFact.Cancelled f ->
          throw new ChildCancelledException(workflow, f.childRun(), f.reason(), f.terminated());
      case null, default -> throw new IllegalStateException("child " + id + " goes on");
    };
  }

  /** The same as the value that the code gets. */
  <R> R value(Values values, ValueType<R> type) {
    return values.decode("result of child '" + workflow + "'", result(values), type);
  }
}
