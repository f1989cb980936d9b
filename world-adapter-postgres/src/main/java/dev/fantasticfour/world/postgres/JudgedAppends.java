package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.rules.LockedAppend;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * The way of the append that explains: one batch in one transaction, in which its run is locked,
 * the rules are asked with things as they are, and append_v1 writes what they accept.
 */
final class JudgedAppends {

  /** Somebody else was quicker that often; each time somebody got on. */
  private static final int ATTEMPTS = 20;

  private final Sessions sessions;
  private final PostgresErrors errors;
  private final Supplier<Duration> offset;
  private final LongAdder judged = new LongAdder();

  JudgedAppends(Sessions sessions, PostgresErrors errors, Supplier<Duration> offset) {
    this.sessions = sessions;
    this.errors = errors;
    this.offset = offset;
  }

  /** How many batches were judged here. */
  long judged() {
    return judged.sum();
  }

  /**
   * Appends a batch.
   *
   * @param wait for whoever has the run locked; otherwise that is {@link AppendResult.Busy}
   * @param busy runs that an earlier batch found locked; added to when this one does
   */
  AppendResult append(Batch batch, boolean wait, Set<String> busy) {
    judged.increment();
    for (int i = 1; ; i++) {
      try {
        return sessions.transaction(
            (statements, connection) -> {
              LockedRun.Door door = new LockedRun.Door(statements, connection, offset.get());
              return append(door, batch, wait, busy);
            });
      } catch (OvertakenException e) {
        if (i == ATTEMPTS) {
          throw errors.overtaken("appending");
        }
      } catch (RuntimeException e) {
        if (!PostgresErrors.isNotAsSupposed(e) || i == ATTEMPTS) {
          throw errors.translate("appending", e);
        }
      }
    }
  }

  private static AppendResult append(
      LockedRun.Door door, Batch batch, boolean wait, Set<String> busy) {
    return switch (door.lock(batch, wait, busy)) {
      case LockedRun.Busy locked -> new AppendResult.Busy();
      case LockedRun.Locked locked ->
          new LockedAppend(locked.store()).append(List.of(batch)).getFirst();
    };
  }

  /** Things changed between two looks: nothing was done, and all is looked at again. */
  static final class OvertakenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OvertakenException(String what) {
      super(what, null, false, false);
    }
  }
}
