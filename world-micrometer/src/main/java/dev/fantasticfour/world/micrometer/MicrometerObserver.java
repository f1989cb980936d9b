package dev.fantasticfour.world.micrometer;

import dev.fantasticfour.world.core.observe.Meters;
import dev.fantasticfour.world.core.observe.Observer;
import dev.fantasticfour.world.core.observe.Occurrence;
import dev.fantasticfour.world.core.observe.Operation;
import dev.fantasticfour.world.core.observe.Outcome;
import dev.fantasticfour.world.core.observe.Scope;
import dev.fantasticfour.world.core.port.Queue;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the {@link Meters} of the worlds of a process in a registry. Bounds of histograms are those
 * of the list unless a filter of the registry says otherwise.
 *
 * <p><b>Concurrency.</b> Any number of threads.
 */
public final class MicrometerObserver implements Observer {

  private static final String UNKNOWN = "unknown";
  private static final String NONE = "none";

  /** What all queues of single workers are called: their ids would be values without end. */
  private static final String OF_A_WORKER = "worker";

  private final MeterTable table;
  private final VitalsGauges gauges;

  /**
   * One over the global registry of Micrometer, as {@link java.util.ServiceLoader} makes it; it
   * costs next to nothing until a registry is added there.
   */
  public MicrometerObserver() {
    this(Metrics.globalRegistry);
  }

  /** One over that registry. */
  public MicrometerObserver(MeterRegistry registry) {
    this.table = new MeterTable(registry);
    this.gauges = new VitalsGauges(registry);
  }

  @Override
  public Scope around(Operation operation) {
    return switch (operation) {
      case Operation.Turn turn ->
          outcome -> table.time(Meters.TURN_DURATION, outcome.took(), turn.workflow());
      case Operation.Replay replay -> outcome -> replayed(replay, outcome);
      case Operation.Append append ->
          outcome -> table.record(Meters.APPEND_BATCHES, append.batches());
      case Operation.Beat beat -> outcome -> table.time(Meters.BEAT_DURATION, outcome.took());
      case Operation.Handling handling -> outcome -> handled(handling, outcome);
      // What comes of an attempt is decided after its body; runs are counted one by one.
      case Operation.StepAttempt attempt -> Scope.NONE;
      case Operation.Claim claim -> Scope.NONE;
    };
  }

  private void replayed(Operation.Replay replay, Outcome outcome) {
    table.time(Meters.REPLAY_DURATION, outcome.took(), replay.workflow());
    table.record(Meters.REPLAY_EVENTS, replay.events(), replay.workflow());
  }

  private void handled(Operation.Handling handling, Outcome outcome) {
    String queue = handling.queue().startsWith(Queue.OF_A_WORKER) ? OF_A_WORKER : handling.queue();
    table.count(Meters.QUEUE_HANDLED, 1, queue, outcome.result());
    table.time(Meters.QUEUE_DURATION, outcome.took(), queue);
  }

  @Override
  public void on(Occurrence occurrence) {
    switch (occurrence) {
      case Occurrence.WorldOpened opened -> gauges.opened(opened.vitals());
      case Occurrence.WorldClosed closed -> gauges.closed(closed.vitals());
      case Occurrence.RunStarted started -> {
        table.count(Meters.RUN_STARTED, 1, started.workflow());
        table.time(Meters.RUN_WAIT, started.waited(), started.workflow());
      }
      case Occurrence.RunEnded ended -> ended(ended);
      case Occurrence.AttemptEnded attempt ->
          table.time(
              Meters.STEP_DURATION,
              attempt.took(),
              or(attempt.workflow(), UNKNOWN),
              attempt.step(),
              attempt.placement().name().toLowerCase(Locale.ROOT),
              attempt.result().word());
      case Occurrence.StepFollowed followed ->
          table.time(Meters.STEP_OVERHEAD, followed.overhead(), followed.workflow());
      case Occurrence.WokenUp woken ->
          table.time(Meters.WAKEUP_DELAY, woken.delay(), woken.cause().word());
      case Occurrence.BatchAnswered answered ->
          table.time(Meters.APPEND_DURATION, answered.took(), answered.result());
      case Occurrence.RunClaimed claimed -> claimed(claimed);
      case Occurrence.OwnershipLost lost ->
          table.count(Meters.OWNERSHIP_LOST, 1, lost.loss().word());
      case Occurrence.RunStalled stalled ->
          table.count(Meters.STALL, 1, stalled.workflow(), stalled.cause().word());
      case Occurrence.ChunksWritten written -> {
        table.count(Meters.STREAM_CHUNK, written.chunks(), written.stream());
        table.count(Meters.STREAM_BYTES, written.bytes(), written.stream());
      }
      case Occurrence.WriterHeld held -> table.time(Meters.STREAM_HELD, held.held(), held.stream());
    }
  }

  private void ended(Occurrence.RunEnded ended) {
    String ending = ended.ending().word();
    table.count(Meters.RUN_ENDED, 1, ended.workflow(), ending, or(ended.errorType(), NONE));
    table.time(Meters.RUN_DURATION, ended.lasted(), ended.workflow(), ending);
  }

  private void claimed(Occurrence.RunClaimed claimed) {
    table.count(Meters.CLAIM, 1);
    if (claimed.takenOver()) {
      table.count(Meters.TAKEOVER, 1);
    }
  }

  private static String or(@Nullable String value, String other) {
    return value == null ? other : value;
  }
}
