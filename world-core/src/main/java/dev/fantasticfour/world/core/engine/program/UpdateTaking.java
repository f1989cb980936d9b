package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.workflow.UpdateHandler;
import dev.fantasticfour.world.api.workflow.UpdateType;
import dev.fantasticfour.world.api.workflow.UpdateValidator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * That the code takes updates of a type, and what it does with them.
 *
 * @param forker makes the branches in which they are handled
 */
record UpdateTaking<Q, R>(
    UpdateType<Q, R> type,
    UpdateValidator<Q> validator,
    UpdateHandler<Q, R> handler,
    ForkedBranch.Forker forker) {

  String name() {
    return type.name();
  }

  /**
   * One of them is looked at, and handled if it is taken.
   *
   * @param onEnd told when nothing more comes of it
   */
  UpdateBranch<Q, R> begin(
      Workspace workspace,
      String id,
      @Nullable Payload request,
      Consumer<UpdateBranch<?, ?>> onEnd) {
    return new UpdateBranch<>(workspace, this, id, request, onEnd);
  }
}
