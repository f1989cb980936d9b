package dev.fantasticfour.world.core.engine.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.core.engine.append.Appender;
import dev.fantasticfour.world.core.engine.codec.InputHash;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Appends what may be appended without owning the run. */
final class OutsideAppends {

  private final Appender appender;
  private final IdSource ids;
  private final InstantSource clock;
  private final Duration patience;
  private final Chains chains;

  /**
   * @param patience how long a caller waits for a store that does not answer
   */
  OutsideAppends(
      Appender appender, IdSource ids, InstantSource clock, Duration patience, Chains chains) {
    this.appender = appender;
    this.ids = ids;
    this.clock = clock;
    this.patience = patience;
    this.chains = chains;
  }

  /** Appends facts about the run itself, or payloads for the hook of a token. */
  AppendResult.ToAnyone append(Target target, Fact... facts) {
    return append(target, null, Arrays.stream(facts).map(fact -> draft(null, fact)).toList());
  }

  /**
   * The same, once for all calls with that key: the second finds what the first appended.
   *
   * @param key unique over everything that is appended so
   */
  AppendResult.ToAnyone appendAgain(String key, Target target, Fact fact) {
    return appendAgain(key, target, List.of(draft(null, fact)));
  }

  /** The same with drafts. */
  AppendResult.ToAnyone appendAgain(String key, Target target, List<Draft> drafts) {
    Batch batch = new Batch(Batch.PREFIX + key, target, Authority.ANYONE, null, drafts);
    return followed(batch, appender.appendNow(batch, patience));
  }

  /**
   * Appends drafts.
   *
   * @param claim worker that owns the run from its creation on, or null
   * @throws WorldException {@code UNAVAILABLE} after the patience is over
   */
  AppendResult.ToAnyone append(Target target, @Nullable WorkerId claim, List<Draft> drafts) {
    Batch batch = new Batch(ids.batch(), target, Authority.ANYONE, claim, drafts);
    return followed(batch, appender.appendNow(batch, patience));
  }

  /** What is for a run that has handed over is for the one that goes on in its place. */
  private AppendResult.ToAnyone followed(Batch batch, AppendResult answer) {
    AppendResult.ToAnyone result = toAnyone(batch, answer);
    boolean isLong = false;
    while (result instanceof AppendResult.Closed closed
        && closed.continuedTo() != null
        && batch.target() instanceof Target.OfRun) {
      Batch next =
          new Batch(
              batch.id(),
              new Target.OfRun(
                  isLong ? chains.newest(closed.continuedTo()).id() : closed.continuedTo()),
              batch.authority(),
              batch.claim(),
              batch.drafts());
      result = toAnyone(next, appender.appendNow(next, patience));
      isLong = true;
    }
    return result;
  }

  /** The answer to a batch without a claim; a store that gives another breaks its contract. */
  private static AppendResult.ToAnyone toAnyone(Batch batch, AppendResult result) {
    if (result instanceof AppendResult.ToAnyone answer) {
      return answer;
    }
    throw new WorldException(
        ErrorCode.CONTRACT_VIOLATION,
        "the store answered batch "
            + batch.id()
            + ", which was appended without a claim, with "
            + result.getClass().getSimpleName());
  }

  /**
   * Where something goes that is said to a run under an id of its sender.
   *
   * @param chain the first run of its chain, to which the id is scoped
   * @param newest who is told
   */
  record Addressee(RunId chain, RunId newest) {

    /** What was never said before needs no look for it. */
    static Addressee only(RunId run) {
      return new Addressee(run, run);
    }
  }

  /** Finds the newest run of the chain of a run; throws {@code RUN_NOT_FOUND}. */
  Addressee addressee(RunId run) {
    RunRecord newest = chains.newest(run);
    return new Addressee(Chains.first(newest), newest.id());
  }

  /** What is appended once is known by: the same for the same parts, in any process. */
  static String key(String... parts) {
    return InputHash.sha256(Payload.binary(String.join("\0", parts).getBytes(UTF_8)));
  }

  /** What time it is for what is appended. */
  Instant now() {
    return clock.instant();
  }

  Draft draft(@Nullable String correlationId, Fact fact) {
    return new Draft(correlationId, now(), fact);
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
  static WorldException unexpected(String what, AppendResult result) {
    return new WorldException(
        ErrorCode.CONTRACT_VIOLATION,
        "the store answered " + what + " with " + result + ", which it never should");
  }
}
