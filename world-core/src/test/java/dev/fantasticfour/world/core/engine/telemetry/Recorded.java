package dev.fantasticfour.world.core.engine.telemetry;

import dev.fantasticfour.world.core.observe.Observer;
import dev.fantasticfour.world.core.observe.Occurrence;
import dev.fantasticfour.world.core.observe.Operation;
import dev.fantasticfour.world.core.observe.Outcome;
import dev.fantasticfour.world.core.observe.Scope;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps all that an observer is told. */
final class Recorded implements Observer {

  /** An operation that is over. */
  record Done(Operation operation, Outcome outcome, Thread began, Thread ended) {}

  private final List<Occurrence> occurrences = new CopyOnWriteArrayList<>();
  private final List<Done> operations = new CopyOnWriteArrayList<>();

  @Override
  public Scope around(Operation operation) {
    Thread began = Thread.currentThread();
    return outcome -> operations.add(new Done(operation, outcome, began, Thread.currentThread()));
  }

  @Override
  public boolean wantsStoreCounts() {
    return true;
  }

  @Override
  public void on(Occurrence occurrence) {
    occurrences.add(occurrence);
  }

  <O extends Occurrence> List<O> all(Class<O> kind) {
    return occurrences.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  List<Done> around(Class<? extends Operation> kind) {
    return operations.stream().filter(done -> kind.isInstance(done.operation())).toList();
  }
}
