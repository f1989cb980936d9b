package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.node.LocalNode.EndListener;
import dev.fantasticfour.world.core.rules.RunEnd;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who is told of runs that this node has seen ending, and of what it has appended for them. Safe
 * for any number of threads.
 */
final class Ends {

  private final List<EndListener> listeners = new CopyOnWriteArrayList<>();
  private final List<Consumer<Event>> appends = new CopyOnWriteArrayList<>();

  void listen(EndListener listener) {
    listeners.add(listener);
  }

  void listenToAppends(Consumer<Event> listener) {
    appends.add(listener);
  }

  /** Events were appended for a run. */
  void appended(List<Event> events) {
    appends.forEach(events::forEach);
  }

  /**
   * A run has ended.
   *
   * @param end how; null when this node has only heard of it
   */
  void announce(RunId run, @Nullable RunEnd end) {
    listeners.forEach(listener -> listener.ended(run, end));
  }
}
