package dev.fantasticfour.world.core.port;

import java.util.Set;

/**
 * What a worker does: runs of one task queue, as far as it has their code.
 *
 * @param taskQueue of the application it belongs to
 * @param workflows the names of the workflows it has
 */
public record Work(String taskQueue, Set<String> workflows) {

  public Work {
    workflows = Set.copyOf(workflows);
  }

  /** Whether that is among it. */
  public boolean includes(String queue, String workflow) {
    return taskQueue.equals(queue) && workflows.contains(workflow);
  }
}
