package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.node.LocalNode.EndListener;
import dev.fantasticfour.world.core.rules.RunEnd;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Who is told of runs that this node has seen ending. Safe for any number of threads. */
final class Ends {

  private final List<EndListener> listeners = new CopyOnWriteArrayList<>();

  void listen(EndListener listener) {
    listeners.add(listener);
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
