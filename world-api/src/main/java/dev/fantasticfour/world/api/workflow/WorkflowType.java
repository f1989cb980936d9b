package dev.fantasticfour.world.api.workflow;

/**
 * The typed key of a workflow: the one place where its persistent name is written.
 *
 * @param name stable for as long as there are runs of it; class and method names may change freely
 * @param pinsRuns whether a run stays with the build that takes it first, unless its start says
 *     otherwise
 */
public record WorkflowType<I, O>(
    String name, ValueType<I> input, ValueType<O> output, boolean pinsRuns) {

  public WorkflowType {
    PersistentName.require("workflow name", name);
  }

  /** A key whose runs any build may execute. */
  public WorkflowType(String name, ValueType<I> input, ValueType<O> output) {
    this(name, input, output, false);
  }

  /**
   * The same, with every run executed by one build from its beginning to its end: the one that
   * takes it first. For runs that are short, or whose code changes too much to be told again.
   */
  public WorkflowType<I, O> pinned() {
    return new WorkflowType<>(name, input, output, true);
  }

  /** A key for plain classes. */
  public static <I, O> WorkflowType<I, O> of(String name, Class<I> input, Class<O> output) {
    return new WorkflowType<>(name, ValueType.of(input), ValueType.of(output));
  }

  /** A key for types with arguments. */
  public static <I, O> WorkflowType<I, O> of(String name, ValueType<I> input, ValueType<O> output) {
    return new WorkflowType<>(name, input, output);
  }
}
