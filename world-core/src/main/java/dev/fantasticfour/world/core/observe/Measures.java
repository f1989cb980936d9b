package dev.fantasticfour.world.core.observe;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is measured of what an observer is told: which counters and histograms of the list it
 * changes, and by how much; gauges are {@link GaugeValues}. For bridges to libraries of metrics, so
 * that all of them measure the same. As safe for several threads as what it writes to.
 */
public final class Measures implements Observer {

  private static final String UNKNOWN = "unknown";
  private static final String NONE = "none";

  /** What all queues of single workers are called: their ids would be values without end. */
  private static final String OF_A_WORKER = "worker";

  private final Sink sink;

  /** Writes to that. */
  public Measures(Sink sink) {
    this.sink = sink;
  }

  /** Where counters and histograms are. Values of tags are in the order of the list. */
  public interface Sink {

    /** Adds to a counter. */
    void count(Meters what, double amount, String... values);

    /** Adds a value to a histogram of times. */
    void time(Meters what, Duration took, String... values);

    /** Adds a value to another histogram. */
    void record(Meters what, double amount, String... values);
  }

  @Override
  public Scope around(Operation operation) {
    return switch (operation) {
      case Operation.Turn turn ->
          outcome -> sink.time(Meters.TURN_DURATION, outcome.took(), turn.workflow());
      case Operation.Replay replay -> outcome -> replayed(replay, outcome);
      case Operation.Append append ->
          outcome -> sink.record(Meters.APPEND_BATCHES, append.batches());
      case Operation.Beat beat -> outcome -> sink.time(Meters.BEAT_DURATION, outcome.took());
      case Operation.Handling handling -> outcome -> handled(handling, outcome);
      // What comes of an attempt is decided after its body; runs are counted one by one.
      case Operation.StepAttempt attempt -> Scope.NONE;
      case Operation.Claim claim -> Scope.NONE;
      case Operation.Start start -> Scope.NONE;
      case Operation.Resume resume -> Scope.NONE;
      case Operation.Cancel cancel -> Scope.NONE;
      case Operation.Visit visit -> Scope.NONE;
    };
  }

  private void replayed(Operation.Replay replay, Outcome outcome) {
    sink.time(Meters.REPLAY_DURATION, outcome.took(), replay.workflow());
    sink.record(Meters.REPLAY_EVENTS, replay.events(), replay.workflow());
  }

  private void handled(Operation.Handling handling, Outcome outcome) {
    String queue = handling.isOfAWorker() ? OF_A_WORKER : handling.queue();
    sink.count(Meters.QUEUE_HANDLED, 1, queue, outcome.result());
    sink.time(Meters.QUEUE_DURATION, outcome.took(), queue);
  }

  @Override
  public void on(Occurrence occurrence) {
    switch (occurrence) {
      case Occurrence.RunStarted started -> {
        sink.count(Meters.RUN_STARTED, 1, started.workflow());
        sink.time(Meters.RUN_WAIT, started.waited(), started.workflow());
      }
      case Occurrence.RunEnded ended -> ended(ended);
      case Occurrence.AttemptEnded attempt ->
          sink.time(
              Meters.STEP_DURATION,
              attempt.took(),
              or(attempt.workflow(), UNKNOWN),
              attempt.step(),
              attempt.placement().name().toLowerCase(Locale.ROOT),
              attempt.result().word());
      case Occurrence.StepFollowed followed ->
          sink.time(Meters.STEP_OVERHEAD, followed.overhead(), followed.workflow());
      case Occurrence.WokenUp woken ->
          sink.time(Meters.WAKEUP_DELAY, woken.delay(), woken.cause().word());
      case Occurrence.BatchAnswered answered ->
          sink.time(Meters.APPEND_DURATION, answered.took(), answered.result());
      case Occurrence.RunClaimed claimed -> claimed(claimed);
      case Occurrence.OwnershipLost lost ->
          sink.count(Meters.OWNERSHIP_LOST, 1, lost.loss().word());
      case Occurrence.RunStalled stalled ->
          sink.count(Meters.STALL, 1, stalled.workflow(), stalled.cause().word());
      case Occurrence.ChunksWritten written -> {
        sink.count(Meters.STREAM_CHUNK, written.chunks(), written.stream());
        sink.count(Meters.STREAM_BYTES, written.bytes(), written.stream());
      }
      case Occurrence.WriterHeld held -> sink.time(Meters.STREAM_HELD, held.held(), held.stream());
      case Occurrence.Hinted hinted -> {}
      // Gauges.
      case Occurrence.WorldOpened opened -> {}
      case Occurrence.WorldClosed closed -> {}
      case Occurrence.StoreCounted counted -> {}
      case Occurrence.StoreNotCounted counted -> {}
    }
  }

  private void ended(Occurrence.RunEnded ended) {
    String ending = ended.ending().word();
    sink.count(Meters.RUN_ENDED, 1, ended.workflow(), ending, or(ended.errorType(), NONE));
    sink.time(Meters.RUN_DURATION, ended.lasted(), ended.workflow(), ending);
  }

  private void claimed(Occurrence.RunClaimed claimed) {
    sink.count(Meters.CLAIM, 1);
    if (claimed.takenOver()) {
      sink.count(Meters.TAKEOVER, 1);
    }
  }

  private static String or(@Nullable String value, String other) {
    return value == null ? other : value;
  }
}
