package dev.fantasticfour.world.core.memory;

import dev.fantasticfour.world.core.port.Queue;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The queues that there are, by name. Those of workers go when nobody can want what is in them any
 * more: a process that runs for years sees many workers. Guarded by the store's lock.
 */
final class QueueBoxes {

  /** What was sent to one worker is a hint, which nobody waits for that long. */
  static final Duration HINTS_KEPT = Duration.ofHours(1);

  private final Map<String, QueueBox> boxes = new HashMap<>();
  private final Supplier<QueueBox> empty;

  QueueBoxes(Supplier<QueueBox> empty) {
    this.empty = empty;
  }

  /** The one to put something into, made if there is none. */
  QueueBox at(String queue, Instant now) {
    QueueBox known = boxes.get(queue);
    if (known != null) {
      return known;
    }
    if (queue.startsWith(Queue.OF_A_WORKER)) {
      boxes.entrySet().removeIf(entry -> isOver(entry.getKey(), entry.getValue(), now));
    }
    QueueBox fresh = empty.get();
    boxes.put(queue, fresh);
    return fresh;
  }

  /** The one to look into; nothing stays of it when there is none. */
  QueueBox peek(String queue) {
    QueueBox known = boxes.get(queue);
    return known == null ? empty.get() : known;
  }

  Set<String> used() {
    return boxes.entrySet().stream()
        .filter(entry -> !entry.getValue().isEmpty())
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  Set<String> names() {
    return Set.copyOf(boxes.keySet());
  }

  private static boolean isOver(String queue, QueueBox box, Instant now) {
    return queue.startsWith(Queue.OF_A_WORKER) && box.isUntouchedSince(now.minus(HINTS_KEPT));
  }
}
