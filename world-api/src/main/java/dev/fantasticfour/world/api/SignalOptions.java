package dev.fantasticfour.world.api;

import dev.fantasticfour.world.api.run.Ids;
import org.jspecify.annotations.Nullable;

/**
 * How a signal is sent.
 *
 * @param id what its sender knows it by, scoped to the name of the signal and to the run with all
 *     that went on in its place: sending again under it sends nothing, whatever the payload, also
 *     when the run has ended. So a sender that does not know whether it was heard may send again.
 *     Of {@link WorldClient#signalOrStart} it is scoped to the run key instead, whichever run has
 *     that: what it sent once starts no other run. Null = every call sends
 */
public record SignalOptions(@Nullable String id) {

  private static final int MAX_ID = 1000;

  /** Every call sends. */
  public static final SignalOptions DEFAULT = new SignalOptions(null);

  public SignalOptions {
    if (id != null) {
      Ids.requireText("signal id", id, MAX_ID);
    }
  }

  /** The same under an id. */
  public SignalOptions id(String signalId) {
    return new SignalOptions(signalId);
  }
}
