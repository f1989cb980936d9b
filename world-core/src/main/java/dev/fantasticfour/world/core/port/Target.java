package dev.fantasticfour.world.core.port;

import dev.fantasticfour.world.api.config.Secrets;
import dev.fantasticfour.world.api.run.RunId;

/** Which run a batch is for. */
public sealed interface Target {

  /**
   * The run of that id. Where nobody's claim is needed ({@link Authority#ANYONE}), a batch that is
   * in the log of another run already is {@link AppendResult.Repeated} there: so what is said once
   * is said once in a whole chain, by whoever speaks to its newest run.
   */
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

  /**
   * Whatever run of a workflow has that run key and has not ended, found inside the append; where
   * there is none, a new one. The first draft of such a batch is the {@code run_created} of the new
   * one, with that workflow and key; where the run is there already it is left out, and the rest
   * goes to that run, whatever it was created from. A run that has ended gives its key up to the
   * new one. A batch that is in a log already is {@link AppendResult.Repeated}, whoever has the key
   * by now.
   *
   * @param ifNew the id of the run, if it is a new one
   */
  record OfKey(String workflow, String runKey, RunId ifNew) implements Target {}
}
