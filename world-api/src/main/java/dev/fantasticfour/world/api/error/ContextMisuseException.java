package dev.fantasticfour.world.api.error;

/**
 * A context, or what it has given out (a hook, a scope, a branch, a random generator), was used
 * where it must not be: inside a step, from another thread or branch, or after its end. A fault of
 * the program, never an outcome: {@code any} and scopes let it out at once, and a step in whose
 * body it happens fails without another attempt. The message says what was used where, and what to
 * do.
 */
public class ContextMisuseException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  public ContextMisuseException(String message) {
    super(message);
  }
}
