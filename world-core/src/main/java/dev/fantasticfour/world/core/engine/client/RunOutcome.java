package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.RunCancelledException;
import dev.fantasticfour.world.api.error.RunFailedException;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.workflow.ValueType;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.rules.RunEnd;
import org.jspecify.annotations.Nullable;

/** What the end of a run means to those who wait for its result. */
final class RunOutcome<T> {

  private final PayloadCodec codec;
  private final ValueType<T> type;
  private final @Nullable String workflow;

  /**
   * @param workflow the workflow the run must be of, null when any is right
   */
  RunOutcome(PayloadCodec codec, ValueType<T> type, @Nullable String workflow) {
    this.codec = codec;
    this.type = type;
    this.workflow = workflow;
  }

  /** The result of an ended run, or the exception that stands for it. */
  @Nullable T of(RunEnd run) {
    if (workflow != null && !workflow.equals(run.workflow())) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT,
          "run "
              + run.run()
              + " is of workflow '"
              + run.workflow()
              + "', and was asked for as one of '"
              + workflow
              + "'");
    }
    return switch (run.status()) {
      case COMPLETED -> codec.decode(run.output(), type);
      case FAILED ->
          throw new RunFailedException(run.run().value(), codec.decodeFailure(run.error()));
      case CANCELLED -> throw new RunCancelledException(run.run().value(), run.reason());
      case PENDING, RUNNING ->
          throw new WorldException(
              ErrorCode.CONTRACT_VIOLATION,
              "the store gave run " + run.run() + " as ended, and its status is " + run.status());
    };
  }
}
