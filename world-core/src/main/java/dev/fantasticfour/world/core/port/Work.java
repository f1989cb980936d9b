package dev.fantasticfour.world.core.port;

import java.util.Set;

/**
 * What a worker does: runs of one task queue, as far as it has their code.
 *
 * @param taskQueue of the application it belongs to
 * @param workflows the names of the workflows it has; empty when it is about all of them
 * @param ofAll whether it is about all workflows of the task queue, those that nobody has among
 *     them: for whoever wants to know what nobody does
 */
public record Work(String taskQueue, Set<String> workflows, boolean ofAll) {

  public Work {
    workflows = ofAll ? Set.of() : Set.copyOf(workflows);
  }

  /** Of workflows by name. */
  public Work(String taskQueue, Set<String> workflows) {
    this(taskQueue, workflows, false);
  }

  /** Of all workflows. */
  public static Work ofAll(String taskQueue) {
    return new Work(taskQueue, Set.of(), true);
  }

  /** Whether nothing can be among it. */
  public boolean isNothing() {
    return !ofAll && workflows.isEmpty();
  }

  /** Whether that is among it. */
  public boolean includes(String queue, String workflow) {
    return taskQueue.equals(queue) && (ofAll || workflows.contains(workflow));
  }
}
