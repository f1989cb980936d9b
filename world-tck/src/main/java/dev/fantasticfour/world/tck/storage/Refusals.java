package dev.fantasticfour.world.tck.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.AppendResult.Conflict;
import dev.fantasticfour.world.core.port.AppendResult.NotFound;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The ways an adapter says no. */
final class Refusals {

  private Refusals() {}

  static AppendResult conflict(Conflict.Reason reason, String entity) {
    return new Conflict(reason, entity, null, null);
  }

  static AppendResult notFound(NotFound.Kind kind, String id) {
    return new NotFound(kind, id);
  }

  static AppendResult closed(RunStatus status) {
    return new AppendResult.Closed(status);
  }

  /** A call that must throw the exception of World with that code. */
  static void refused(ErrorCode code, ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    assertThat(thrown).isInstanceOf(WorldException.class);
    assertThat(((WorldException) thrown).code()).as("the code of %s", thrown).isEqualTo(code);
  }

  static void invalid(ThrowingCallable call) {
    refused(ErrorCode.INVALID_ARGUMENT, call);
  }
}
