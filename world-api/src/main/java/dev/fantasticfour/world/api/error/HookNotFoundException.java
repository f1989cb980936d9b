package dev.fantasticfour.world.api.error;

import dev.fantasticfour.world.api.config.Secrets;

/** Thrown by a resume whose token no live hook has. */
public class HookNotFoundException extends WorldException {

  private static final long serialVersionUID = 1L;

  private final String token;

  public HookNotFoundException(String token) {
    super(
        ErrorCode.HOOK_NOT_FOUND,
        "no live hook has the token "
            + Secrets.fingerprint(token)
            + ": it was never created, was closed, or its run ended");
    this.token = token;
  }

  /** The token that was given. */
  public String token() {
    return token;
  }
}
