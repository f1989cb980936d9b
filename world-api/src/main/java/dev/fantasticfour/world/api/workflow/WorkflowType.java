package dev.fantasticfour.world.api.workflow;

/**
 * The typed key of a workflow: the one place where its persistent name is written.
 *
 * @param name stable for as long as there are runs of it; class and method names may change freely
 */
public record WorkflowType<I, O>(String name, ValueType<I> input, ValueType<O> output) {

  public WorkflowType {
    PersistentName.require("workflow name", name);
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
