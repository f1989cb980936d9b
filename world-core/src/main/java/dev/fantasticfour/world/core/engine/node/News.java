package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.RunLog.Relayed;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Who is told of what runs of this node show, and send to others. Safe for any number of threads.
 */
final class News {

  private final List<Consumer<RunId>> shown = new CopyOnWriteArrayList<>();
  private final List<BiConsumer<RunId, String>> born = new CopyOnWriteArrayList<>();
  private final List<Consumer<Relayed>> relayed = new CopyOnWriteArrayList<>();

  void onShown(Consumer<RunId> listener) {
    shown.add(listener);
  }

  void onBorn(BiConsumer<RunId, String> listener) {
    born.add(listener);
  }

  void onRelayed(Consumer<Relayed> listener) {
    relayed.add(listener);
  }

  /** A run shows new values. */
  void shown(RunId run) {
    shown.forEach(listener -> listener.accept(run));
  }

  /** A run has come to be that is for the workers of a task queue. */
  void born(RunId run, String taskQueue) {
    born.forEach(listener -> listener.accept(run, taskQueue));
  }

  /** Something has entered the log of a run that another one had sent. */
  void relayed(Relayed entered) {
    relayed.forEach(listener -> listener.accept(entered));
  }
}
