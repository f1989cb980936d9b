package dev.fantasticfour.world.core.port;

import java.util.Set;

/**
 * The truth: the log of every run, the views folded from it, who looks after which run, who is at
 * which step, the streams as they are kept for good, which build has what, how long all of it is
 * kept, how much of it there is, and who did what by hand. One object plays all its roles, because
 * the log, the views and the owner of a run change in one atomic unit; whoever needs one role asks
 * for that.
 *
 * <p><b>Guarantees.</b> Those of the roles.
 *
 * <p><b>Concurrency.</b> Any number of threads and processes.
 *
 * <p><b>Failure.</b> {@link dev.fantasticfour.world.api.error.WorldException} with {@code
 * UNAVAILABLE} when the store cannot answer: an append may or may not have been accepted, and
 * repeating it with the same batch ids is safe. {@code INVALID_ARGUMENT} for values no store would
 * take; then nothing of the call was done.
 */
public interface Storage
    extends RunLog,
        RunCustody,
        RunCopies,
        StepCustody,
        RunViews,
        StreamArchive,
        Versions,
        Retention,
        Census,
        Audit,
        AutoCloseable {

  /** Name and version of the server, for people. */
  String version();

  /** What this adapter does not do; empty for a complete one. */
  Set<Capability> declined();

  /** Frees what this instance opened itself. Idempotent. */
  @Override
  void close();
}
