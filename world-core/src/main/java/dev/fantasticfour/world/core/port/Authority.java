package dev.fantasticfour.world.core.port;

/**
 * In whose name a batch is appended; decides what it may hold (design, section 3).
 *
 * <p>A run that was never claimed takes every type from {@link Anyone}. Once it was claimed, the
 * table of the design holds.
 */
public sealed interface Authority {

  /** Without any claim: creation, payloads for hooks, cancel requests, wake-ups, termination. */
  record Anyone() implements Authority {}

  /**
   * The owner of the run. Refused with {@link AppendResult.Fenced} unless the run is owned by that
   * worker in exactly that epoch.
   *
   * @param seen the last position the run's code had been told of before this batch; stored with
   *     its events
   * @param due when somebody must look at the run next, if this batch is accepted
   * @param overSignals whether the run may end over signals that its code was not told of: said
   *     when it was refused for that again and again, lest a busy sender keeps it from ever ending
   *     (END-1)
   */
  record Owner(WorkerId worker, long epoch, long seen, Due due, boolean overSignals)
      implements Authority {

    /** One that ends over nothing unseen. */
    public Owner(WorkerId worker, long epoch, long seen, Due due) {
      this(worker, epoch, seen, due, false);
    }
  }

  /**
   * The holder of one attempt of one queued step. {@code step_started(attempt)} takes the attempt
   * and is accepted when the step counts {@code attempt - 1} and its time has come; the rest is
   * accepted while the step counts exactly {@code attempt} and is running, so that an attempt ends
   * once. Anything else is {@link AppendResult.Conflict}. A holder creates no step: one that is not
   * there is {@link AppendResult.NotFound}.
   */
  record AttemptHolder(String stepId, int attempt) implements Authority {}

  /**
   * Who runs a workflow without ever claiming it: like {@link Anyone} on a run that was never
   * claimed, but the store keeps the due time that is given. Refused with {@link
   * AppendResult.Conflict.Reason#AUTHORITY} once the run was claimed.
   *
   * @param due when somebody must look at the run next, if this batch is accepted
   */
  record Foreign(Due due) implements Authority {}

  /**
   * Another run, by a relay that the store moves. Nobody but the store appends in its name.
   *
   * @param id of the relay, which is the id of the batch
   */
  record Relay(String id) implements Authority {}

  /** Without any claim. */
  Authority ANYONE = new Anyone();
}
