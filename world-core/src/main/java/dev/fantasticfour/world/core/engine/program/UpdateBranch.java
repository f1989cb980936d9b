package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.CancelledException;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.RunDetached;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.UpdateFact;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.core.engine.history.Recorded;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The branch in which one update is looked at and, if it is taken, handled. Its path is made of the
 * update's id, so that the order in which updates come shifts no identity (law L6).
 */
final class UpdateBranch<Q, R> {

  private static final String SERIALIZATION = ErrorCode.SERIALIZATION.name();
  private static final String USER_ERROR = "USER_ERROR";

  private final Workspace workspace;
  private final UpdateTaking<Q, R> taking;
  private final String id;
  private final @Nullable Payload payload;
  private final Consumer<UpdateBranch<?, ?>> onEnd;
  private final BranchState state;
  private @Nullable ErrorCode cancelledFor;

  UpdateBranch(
      Workspace workspace,
      UpdateTaking<Q, R> taking,
      String id,
      @Nullable Payload payload,
      Consumer<UpdateBranch<?, ?>> onEnd) {
    this.workspace = workspace;
    this.taking = taking;
    this.id = id;
    this.payload = payload;
    this.onEnd = onEnd;
    this.state = taking.forker().fork(Recorded.branchOfUpdate(id), this::run);
  }

  /** Cancels its code once; it cleans up undisturbed. */
  void cancel(CancelledException cause, ErrorCode why) {
    if (cancelledFor == null) {
      cancelledFor = why;
      state.cancel(cause);
    }
  }

  private void run(WorkflowContext context) {
    boolean wasTaken = workspace.ledger().tookUpdate(id);
    UpdateFact answer = wasTaken ? handle(context, recorded()) : look(context);
    try {
      state.endAll();
    } catch (RuntimeException e) {
      boolean tells = answer instanceof UpdateFact.Completed || Undoing.failedIn(e) != null;
      answer = tells ? failed(e) : answer;
    }
    if (workspace.halt().isDetached()) {
      // Its code let nothing out; whatever it came to is nobody's answer.
      return;
    }
    workspace.ledger().answer(id, answer);
    onEnd.accept(this);
  }

  /** The request of one that was taken; when the code can no longer read it, the run stands. */
  private Q recorded() {
    return workspace
        .values()
        .decode("request of update '" + taking.name() + "'", payload, taking.type().request());
  }

  /** Looks whether it is taken, and handles it then. */
  @SuppressWarnings("NullAway") // a sender may send null, and then the code gets it
  private UpdateFact look(WorkflowContext context) {
    Q request;
    try {
      request = workspace.values().read(payload, taking.type().request());
    } catch (WorldException e) {
      // What others send is no fault of the code.
      return rejected(e, SERIALIZATION);
    }
    try {
      taking.validator().validate(request);
    } catch (RunDetached e) {
      throw e;
    } catch (Throwable e) {
      workspace.halt().checkSurvivable(e);
      return rejected(e, USER_ERROR);
    }
    workspace.ledger().write(id, new UpdateFact.Accepted());
    return handle(context, request);
  }

  private UpdateFact handle(WorkflowContext context, Q request) {
    try {
      state.throwIfCancelled();
      R answer = taking.handler().handle(context, request);
      return new UpdateFact.Completed(workspace.values().encodeOwn(answer, taking.type().answer()));
    } catch (RunDetached e) {
      throw e;
    } catch (Throwable e) {
      workspace.halt().checkSurvivable(e);
      return failed(e);
    }
  }

  private UpdateFact.Rejected rejected(Throwable thrown, String code) {
    return new UpdateFact.Rejected(workspace.values().encodeFailure(thrown), code);
  }

  private UpdateFact.Failed failed(Throwable thrown) {
    Throwable undone = Undoing.failedIn(thrown);
    if (undone != null) {
      return new UpdateFact.Failed(
          workspace.values().encodeFailure(undone), ErrorCode.COMPENSATION_FAILED.name());
    }
    ErrorCode cancelled = cancelledFor;
    if (cancelled != null && thrown instanceof CancelledException) {
      return new UpdateFact.Failed(workspace.values().encodeFailure(thrown), cancelled.name());
    }
    return thrown instanceof ValueRefused refused
        ? new UpdateFact.Failed(workspace.values().encodeFailure(refused.why()), SERIALIZATION)
        : new UpdateFact.Failed(workspace.values().encodeFailure(thrown), USER_ERROR);
  }
}
