package dev.fantasticfour.world.core.engine.telemetry;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.core.observe.Occurrence.AttemptResult;
import dev.fantasticfour.world.core.observe.Occurrence.Wakeup;
import dev.fantasticfour.world.core.port.AppendResult;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the execution of one run says of itself.
 *
 * <p><b>Concurrency.</b> {@link #appended} on any thread, the others by whoever takes the turns of
 * the run, one at a time.
 */
public interface RunTelemetry {

  /** Says nothing, and keeps nothing. */
  RunTelemetry NONE =
      new RunTelemetry() {

        @Override
        public Timing turn() {
          return Timing.NONE;
        }

        @Override
        public void rested(boolean isOver) {}

        @Override
        public Map<String, String> context() {
          return Map.of();
        }

        @Override
        public Timing replay(long events) {
          return Timing.NONE;
        }

        @Override
        public void begun(long epoch, List<Event> log) {}

        @Override
        public void told(Event event, Instant now) {}

        @Override
        public void due(Wakeup cause, Instant since, Instant now) {}

        @Override
        public BodyTimes body(String stepId, String branch) {
          return BodyTimes.NONE;
        }

        @Override
        public void attemptEnded(
            String stepId, String step, String branch, int attempt, AttemptResult result) {}

        @Override
        public void appending() {}

        @Override
        public void appended(AppendResult result) {}
      };

  /** A turn begins. */
  Timing turn();

  /**
   * A turn is over.
   *
   * @param isOver whether nothing happens here until somebody says something: the run waits, or is
   *     gone
   */
  void rested(boolean isOver);

  /** What those are to be told who go on with what this run asks for; empty for nothing. */
  Map<String, String> context();

  /** The code is built up again from a log of that length. */
  Timing replay(long events);

  /** The execution begins with that log. */
  void begun(long epoch, List<Event> log);

  /** The code is told of an event that somebody else has appended. */
  void told(Event event, Instant now);

  /** Something was due at a time, and now its time has come. */
  void due(Wakeup cause, Instant since, Instant now);

  /**
   * The body of a step is to begin.
   *
   * @param branch path of the branch that asked for it
   * @return where its thread notes when it does
   */
  BodyTimes body(String stepId, String branch);

  /** The attempt of a step that was begun here has come to something. */
  void attemptEnded(String stepId, String step, String branch, int attempt, AttemptResult result);

  /** What was decided is on its way to the store. */
  void appending();

  /** What the store says to it. */
  void appended(AppendResult result);
}
