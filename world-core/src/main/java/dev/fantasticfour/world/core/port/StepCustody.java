package dev.fantasticfour.world.core.port;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.run.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What those who run queued steps say while they are at it: that they are, and how far they have
 * come; and what they learn by it, whether that still counts for anything.
 *
 * <p><b>Guarantees.</b> Progress is no fact: it is never folded, is no event, changes no view, and
 * may be lost without changing a result. It is kept of the attempt that counts, and of no other.
 *
 * <p><b>Concurrency.</b> Any number of threads and processes. What is said by an attempt that
 * another one has taken over from changes nothing, whoever comes first. Nobody waits for a run that
 * is being written about.
 *
 * <p><b>Failure.</b> As in {@link Storage}; saying it again is safe.
 */
public interface StepCustody {

  /**
   * Says that attempts are under way. An adapter answers it with one statement for all of them, and
   * writes only about those that have come further.
   *
   * @param heartbeats each step once
   * @return what is known of each, in the order given
   */
  List<Holding> heartbeat(List<Heartbeat> heartbeats);

  /** How far a step had come when it was heard of last; kept as long as the step. */
  Optional<Progress> progress(RunId run, String stepId);

  /**
   * What the holder of an attempt says.
   *
   * @param progress how far it has come, in place of what was said before; null = nothing new
   */
  record Heartbeat(RunId run, String stepId, int attempt, @Nullable Payload progress) {}

  /** What becomes of what the holder of an attempt says. */
  enum Holding {
    /** It is the one that counts; what it said is kept. */
    HELD,
    /** Its step is being written about just now, and what it said is not kept: it says it again. */
    BUSY,
    /** The attempt has ended, or another one has begun. */
    SUPERSEDED,
    /** The step is over, or its run is, or there is none: nobody waits for it. */
    OVER
  }

  /**
   * How far a step has come.
   *
   * @param attempt which said so
   * @param at when, by the store's clock
   */
  record Progress(int attempt, Instant at, Payload details) {}
}
