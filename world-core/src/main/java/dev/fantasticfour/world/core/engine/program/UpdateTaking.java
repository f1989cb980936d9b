package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.workflow.UpdateHandler;
import dev.fantasticfour.world.api.workflow.UpdateType;
import dev.fantasticfour.world.api.workflow.UpdateValidator;

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
}
