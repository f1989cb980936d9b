package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.workflow.StepContext;
import dev.fantasticfour.world.api.workflow.StepOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A step the code has asked for and has no result of yet. Identity is fixed, the rest belongs to
 * the run's driver.
 */
public final class StepEntry {

  /** The author's code, returning its result as a payload. */
  @FunctionalInterface
  public interface Body {
    @Nullable Payload run(StepContext context) throws Exception;
  }

  /** How far it has come here. */
  public enum State {
    /** Asked for; its body starts when everything it depends on is committed. */
    WANTED,
    /** Its body runs. */
    RUNNING,
    /** An attempt failed; the next begins at {@link #retryAt()}. */
    BACKING_OFF,
    /** A message was sent for it; whoever takes it runs it. */
    QUEUED,
    /** Over, for this code. */
    OVER
  }

  private final String id;
  private final Site site;
  private final StepOptions options;
  private final @Nullable Body body;
  private final Promise<@Nullable Payload> result;
  private State state = State.WANTED;
  private int attempt;
  private @Nullable Instant retryAt;
  private boolean startRecorded;

  /** By when it must be over, or null. */
  private final @Nullable Instant until;

  private int losses;

  /** How far an attempt here said last that it has come. */
  private volatile @Nullable Payload progress;

  /** The worker that began this attempt before, and was lost with it as far as anybody knows. */
  private @Nullable String begunBy;

  StepEntry(
      Ledger.Asked asked,
      StepOptions options,
      @Nullable Body body,
      @Nullable Instant until,
      Promise<@Nullable Payload> result) {
    this.until = until;
    this.losses = asked.recorded() == null ? 0 : asked.recorded().losses();
    this.id = asked.id();
    this.site = asked.site();
    this.options = options;
    this.body = body;
    this.result = result;
    this.attempt = asked.recorded() == null ? 1 : asked.recorded().attempt();
    this.retryAt = asked.recorded() == null ? null : asked.recorded().retryAt();
    this.begunBy = asked.recorded() == null ? null : asked.recorded().startedBy();
    // Not once more by every worker that takes the run over: a log that grows by that alone would
    // hide that each of them dies of it.
    this.startRecorded = asked.recorded() != null && asked.recorded().isStartRecorded();
  }

  /** The step's id. */
  public String id() {
    return id;
  }

  /** Where it was asked for. */
  public Site site() {
    return site;
  }

  /** How it is retried and where it runs. */
  public StepOptions options() {
    return options;
  }

  /** Its code; null when it is queued and whoever takes its message has it. */
  public @Nullable Body body() {
    return body;
  }

  /** The attempt that runs or is the next to. */
  public int attempt() {
    return attempt;
  }

  /** When the next attempt begins, or null when it need not wait. */
  public @Nullable Instant retryAt() {
    return retryAt;
  }

  /** By when it must be over, all attempts and pauses together; null = some day. */
  public @Nullable Instant until() {
    return until;
  }

  /** How many attempts were lost, as far as this worker knows. */
  public int losses() {
    return losses;
  }

  /** One more was lost. Returns how many that makes. */
  public int lost() {
    return ++losses;
  }

  /** How far an attempt here said last that it has come; null when none has said anything. */
  public @Nullable Payload progress() {
    return progress;
  }

  /** An attempt here said that it has come so far. */
  public void progress(Payload newest) {
    progress = newest;
  }

  /** What is recorded of a step that is not over in time. */
  public static TimeoutException overdue(String step, @Nullable Duration limit) {
    return new TimeoutException(
        "step '" + step + "' was not over within " + limit + " of being asked for");
  }

  /** Whether its body runs here. */
  public boolean isRunning() {
    return state == State.RUNNING;
  }

  /** Its attempt has failed, and the next is to begin then. */
  public void failed(Instant next) {
    attempt++;
    startRecorded = false;
    begunBy = null;
    retryAt = next;
  }

  /**
   * Whether a worker other than that had begun this attempt, and nobody has said so. Says so once.
   */
  public boolean wasLostBefore(String worker) {
    String before = begunBy;
    begunBy = null;
    return before != null && !before.equals(worker);
  }

  /** Whether it is for the caller to record that its attempt began: nobody has. Says so once. */
  public boolean isStartToBeRecorded() {
    boolean isFirst = !startRecorded;
    startRecorded = true;
    return isFirst;
  }

  /** What its code waits for. */
  Promise<@Nullable Payload> result() {
    return result;
  }

  State state() {
    return state;
  }

  void becomes(State next) {
    state = next;
  }
}
