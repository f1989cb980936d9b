package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.Failure;
import dev.fantasticfour.world.api.error.UpdateFailedException;
import dev.fantasticfour.world.api.error.UpdateRejectedException;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.workflow.UpdateType;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import org.jspecify.annotations.Nullable;

/** What the answer to an update means to those who wait for it. */
record UpdateOutcome<R>(PayloadCodec codec, UpdateType<?, R> type) {

  /** The result, or the exception that stands for it. */
  @Nullable R of(UpdateAnswer answer) {
    return switch (answer.status()) {
      case COMPLETED -> codec.decode(answer.payload(), type.answer());
      case REJECTED ->
          throw new UpdateRejectedException(
              answer.update().run().value(),
              answer.update().id(),
              answer.errorCode(),
              failure(answer, "the run ended before its code took the update"));
      case FAILED ->
          throw new UpdateFailedException(
              answer.update().run().value(),
              answer.update().id(),
              answer.errorCode(),
              failure(answer, "the run ended while the update was handled"));
      case REQUESTED, ACCEPTED ->
          throw new WorldException(
              ErrorCode.CONTRACT_VIOLATION,
              "the store gave update '" + answer.update().id() + "' as answered, and it is not");
    };
  }

  /** A store that ends a run answers its updates itself, without the codec of the application. */
  private Failure failure(UpdateAnswer answer, String ended) {
    return ErrorCode.RUN_ENDED.name().equals(answer.errorCode())
        ? new Failure(WorldException.class.getName(), ended, null, null)
        : codec.decodeFailure(answer.payload());
  }
}
