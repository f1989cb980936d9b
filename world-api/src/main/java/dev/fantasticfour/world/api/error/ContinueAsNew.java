package dev.fantasticfour.world.api.error;

/**
 * Leaves the code of a workflow that has decided to go on in another run: {@code throw
 * ctx.continueAsNew(TYPE, next)}. The decision is made by the call; this only takes the code to its
 * end, past everything that it would close. Never catch it. An {@link Error}, so that a handler of
 * exceptions does not take it for one.
 */
public final class ContinueAsNew extends Error {

  private static final long serialVersionUID = 1L;

  public ContinueAsNew(String run, String next) {
    super("run " + run + " goes on as run " + next, null, false, false);
  }
}
