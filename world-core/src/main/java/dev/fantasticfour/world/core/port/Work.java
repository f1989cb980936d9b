package dev.fantasticfour.world.core.port;

import java.util.Set;

/**
 * What a worker does: runs of one task queue, as far as it has their code and reads their protocol.
 *
 * @param taskQueue of the application it belongs to
 * @param workflows the names of the workflows it has code for: of others it takes no run that is to
 *     stay with the build that takes it first
 * @param ofAll whether it is about all workflows of the task queue, those that nobody has among
 *     them: for whoever wants to know what nobody does
 * @param protocol the newest protocol it reads: a run that was written with a newer one is left to
 *     newer workers (CU-7)
 */
public record Work(String taskQueue, Set<String> workflows, boolean ofAll, int protocol) {

  public Work {
    workflows = Set.copyOf(workflows);
  }

  /** Of workflows by name, whatever their runs were written with. */
  public Work(String taskQueue, Set<String> workflows) {
    this(taskQueue, workflows, false, Integer.MAX_VALUE);
  }

  /** Of all workflows, whatever their runs were written with. */
  public static Work ofAll(String taskQueue) {
    return new Work(taskQueue, Set.of(), true, Integer.MAX_VALUE);
  }

  /** The same of all workflows of the task queue. */
  public Work ofEverything() {
    return new Work(taskQueue, workflows, true, protocol);
  }

  /** As far as its runs were written with that protocol or an older one. */
  public Work reading(int newest) {
    return new Work(taskQueue, workflows, ofAll, newest);
  }

  /** Whether nothing can be among it. */
  public boolean isNothing() {
    return !ofAll && workflows.isEmpty();
  }

  /** Whether it has the code of a workflow. */
  public boolean has(String workflow) {
    return workflows.contains(workflow);
  }

  /** Whether a run is among it. */
  public boolean includes(String queue, String workflow, int specVersion) {
    return taskQueue.equals(queue)
        && specVersion <= protocol
        && (ofAll || workflows.contains(workflow));
  }
}
