package dev.fantasticfour.world.api.error;

import dev.fantasticfour.world.api.config.Secrets;

/** Thrown where a workflow creates a hook whose token another live hook has. */
public class HookConflictException extends WorldException {

  private static final long serialVersionUID = 1L;

  private final String token;
  private final String conflictingRun;

  public HookConflictException(String token, String conflictingRun) {
    super(
        ErrorCode.HOOK_CONFLICT,
        "hook token "
            + Secrets.fingerprint(token)
            + " already belongs to a live hook of run "
            + conflictingRun
            + "; choose another token, or wait until that hook is closed or its run ends");
    this.token = token;
    this.conflictingRun = conflictingRun;
  }

  /** The token that was wanted. */
  public String token() {
    return token;
  }

  /** The run whose hook has it. */
  public String conflictingRun() {
    return conflictingRun;
  }
}
