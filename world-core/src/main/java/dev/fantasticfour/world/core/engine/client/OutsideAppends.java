package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.core.engine.append.Appends;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Appends what may be appended without owning the run. */
final class OutsideAppends {

  private final Appends appends;
  private final IdSource ids;
  private final InstantSource clock;
  private final Duration patience;

  /**
   * @param patience how long a caller waits for a store that does not answer
   */
  OutsideAppends(Appends appends, IdSource ids, InstantSource clock, Duration patience) {
    this.appends = appends;
    this.ids = ids;
    this.clock = clock;
    this.patience = patience;
  }

  /** Appends facts about the run itself, or payloads for the hook of a token. */
  OutsideResult append(Target target, Fact... facts) {
    return append(target, null, Arrays.stream(facts).map(fact -> draft(null, fact)).toList());
  }

  /**
   * The same, once for all calls with that key: the second finds what the first appended.
   *
   * @param key unique over everything that is appended so
   */
  OutsideResult appendAgain(String key, Target target, Fact fact) {
    Batch batch =
        new Batch(Batch.PREFIX + key, target, Authority.ANYONE, null, List.of(draft(null, fact)));
    return read(batch, appends.appendNow(batch, patience));
  }

  /**
   * Appends drafts.
   *
   * @param claim worker that owns the run from its creation on, or null
   * @throws WorldException {@code UNAVAILABLE} after the patience is over
   */
  OutsideResult append(Target target, @Nullable WorkerId claim, List<Draft> drafts) {
    Batch batch = new Batch(ids.batch(), target, Authority.ANYONE, claim, drafts);
    return read(batch, appends.appendNow(batch, patience));
  }

  /** What an answer of the store means to somebody who does not own the run. */
  private static OutsideResult read(Batch batch, AppendResult answer) {
    return switch (answer) {
      case AppendResult.Appended r ->
          new OutsideResult.Accepted(r.run(), r.events(), r.owner(), r.taskQueue());
      case AppendResult.Repeated r ->
          new OutsideResult.Accepted(r.run(), r.events(), r.owner(), r.taskQueue());
      case AppendResult.Closed r -> new OutsideResult.Closed(r.status());
      case AppendResult.NotFound r -> new OutsideResult.Missing(r.kind(), r.id());
      case AppendResult.Conflict r -> new OutsideResult.Refused(r);
      case AppendResult.Fenced r -> new OutsideResult.WorkerOver();
      case AppendResult.Stale r -> throw neverAnswered(batch, r);
      case AppendResult.TooEarly r -> throw neverAnswered(batch, r);
      case AppendResult.Busy r -> throw neverAnswered(batch, r);
    };
  }

  Draft draft(@Nullable String correlationId, Fact fact) {
    return new Draft(correlationId, clock.instant(), fact);
  }

  /** For an append that the store did not answer, in the words of whoever asked for it. */
  static WorldException unanswered(String what, String advice, WorldException failure) {
    return failure.code() == ErrorCode.UNAVAILABLE
        ? new WorldException(
            ErrorCode.UNAVAILABLE,
            what + ", and it may or may not have come about: the store did not answer; " + advice,
            failure)
        : failure;
  }

  /** For an answer that fits no question a client asks. */
  static WorldException unexpected(String what, OutsideResult result) {
    return new WorldException(
        ErrorCode.CONTRACT_VIOLATION,
        "the store answered " + what + " with " + result + ", which it never should");
  }

  private static WorldException neverAnswered(Batch batch, AppendResult result) {
    return new WorldException(
        ErrorCode.CONTRACT_VIOLATION,
        "the store answered batch "
            + batch.id()
            + ", which was appended without a claim, with "
            + result.getClass().getSimpleName());
  }
}
