package dev.fantasticfour.world.core.port;

import dev.fantasticfour.world.api.config.Secrets;
import dev.fantasticfour.world.api.run.RunId;

/** Which run a batch is for. */
public sealed interface Target {

  /** The run of that id. */
  record OfRun(RunId run) implements Target {}

  /**
   * Whatever run has a live hook under that token, found inside the append, so that nobody has to
   * look it up before. Every draft of such a batch is a {@code hook_received} without correlation
   * id: the store fills in the hook's.
   *
   * @param token non-empty, without NUL, at most 4 096 characters
   */
  record OfHook(String token) implements Target {

    /** Without the token, which is a secret. */
    @Override
    public String toString() {
      return "OfHook[token=" + Secrets.fingerprint(token) + "]";
    }
  }
}
