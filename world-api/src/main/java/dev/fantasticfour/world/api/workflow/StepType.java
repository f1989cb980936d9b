package dev.fantasticfour.world.api.workflow;

import java.time.Duration;

/**
 * The typed key of a step with a registered body.
 *
 * @param options how it is retried and where it runs; may be changed between releases
 */
public record StepType<I, O>(
    String name, ValueType<I> input, ValueType<O> output, StepOptions options) {

  public StepType {
    PersistentName.require("step name", name);
  }

  /** A key for plain classes, with the default options. */
  public static <I, O> StepType<I, O> of(String name, Class<I> input, Class<O> output) {
    return of(name, ValueType.of(input), ValueType.of(output));
  }

  /** A key for types with arguments, with the default options. */
  public static <I, O> StepType<I, O> of(String name, ValueType<I> input, ValueType<O> output) {
    return new StepType<>(name, input, output, StepOptions.DEFAULT);
  }

  /** The same with other options. */
  public StepType<I, O> with(StepOptions newOptions) {
    return new StepType<>(name, input, output, newOptions);
  }

  /** The same with that many attempts. */
  public StepType<I, O> attempts(int attempts) {
    return with(options.attempts(attempts));
  }

  /** The same with a time limit for each attempt. */
  public StepType<I, O> timeout(Duration timeout) {
    return with(options.timeout(timeout));
  }

  /** The same with a time limit for all attempts and the pauses between them. */
  public StepType<I, O> overallTimeout(Duration timeout) {
    return with(options.overallTimeout(timeout));
  }

  /** The same with a limit for how long an attempt may say nothing. */
  public StepType<I, O> heartbeatTimeout(Duration timeout) {
    return with(options.heartbeatTimeout(timeout));
  }

  /** The same, run by any worker that takes its message rather than by the owner of the run. */
  public StepType<I, O> queued() {
    return with(options.placed(StepOptions.Placement.QUEUED));
  }
}
