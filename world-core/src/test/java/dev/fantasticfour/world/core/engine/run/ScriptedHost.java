package dev.fantasticfour.world.core.engine.run;

import dev.fantasticfour.world.api.error.AttemptEndedException;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.program.OpenHooks;
import dev.fantasticfour.world.core.engine.program.Standstill;
import dev.fantasticfour.world.core.engine.program.StepEntry;
import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.engine.turn.BodyHandle;
import dev.fantasticfour.world.core.engine.turn.Effects;
import dev.fantasticfour.world.core.engine.turn.StepResult;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.Stall;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.rules.RunEnd;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The host of one worker: does nothing by itself. Turns, appends and bodies wait until the test
 * says that they go on, so that a test can put anything between any two of them. For one thread,
 * but for {@link #thread}.
 */
final class ScriptedHost implements Effects {

  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final Stage stage;
  private final WorkerId worker;
  private final Duration skew;
  private final Machine machine;
  private final OpenHooks openHooks = new OpenHooks();
  private final Deque<Runnable> turns = new ArrayDeque<>();
  private final List<Body> bodies = new ArrayList<>();
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private @Nullable RunExecution execution;
  private @Nullable Sent sent;
  private @Nullable Instant alarm;
  private @Nullable String stalled;
  private boolean parked;
  private boolean left;
  private boolean cut;
  private int reads;
  private int timesParked;
  private int timesPublished;
  private final Map<String, RunId> owed = new LinkedHashMap<>();
  private final List<Event> born = new ArrayList<>();

  /**
   * @param skew how far its clock is off the store's
   */
  ScriptedHost(Stage stage, WorkerId worker, Duration skew) {
    this.stage = stage;
    this.worker = worker;
    this.skew = skew;
    this.machine = stage.machine(skew);
  }

  /** Its execution. */
  ScriptedHost of(RunExecution its) {
    execution = its;
    return this;
  }

  private RunExecution execution() {
    return stage.require(execution, "it has no execution yet");
  }

  /** A batch that was sent and not answered. */
  static final class Sent {
    private final Batch batch;
    private final CompletableFuture<AppendResult> answer = new CompletableFuture<>();

    private Sent(Batch batch) {
      this.batch = batch;
    }

    Batch batch() {
      return batch;
    }
  }

  /** A body that runs. */
  static final class Body implements BodyHandle {
    private final RunExecution execution;
    private final String stepId;
    private final String name;
    private final int attempt;
    private final StepEntry.@Nullable Body code;
    private final InstantSource clock;
    private @Nullable Instant startedAt;
    private boolean begun;
    private boolean cancelled;

    private Body(RunExecution execution, StepEntry step, int attempt, InstantSource clock) {
      this.clock = clock;
      this.execution = execution;
      this.stepId = step.id();
      this.name = step.site().name();
      this.attempt = attempt;
      this.code = step.body();
    }

    /** The author's code of it. */
    StepEntry.Body code() {
      return Objects.requireNonNull(code);
    }

    String name() {
      return name;
    }

    int attempt() {
      return attempt;
    }

    @Override
    public void start() {
      begun = true;
      startedAt = clock.instant();
    }

    @Override
    public boolean runHere() {
      start();
      return false;
    }

    @Override
    public @Nullable Instant startedAt() {
      return startedAt;
    }

    @Override
    public void cancel(AttemptEndedException.Reason why) {
      cancelled = true;
    }
  }

  /** The machine is cut off: nothing it says reaches anybody. */
  void cutOff() {
    cut = true;
  }

  boolean hasTurn() {
    return !turns.isEmpty();
  }

  void turn() {
    turns.remove().run();
  }

  @Nullable Sent sent() {
    return sent;
  }

  /** Answers the batch in flight. */
  void answer(AppendResult result) {
    Sent answered = stage.require(sent, "no batch is in flight");
    sent = null;
    answered.answer.complete(result);
  }

  /** The batch in flight gets no answer. */
  void fail(Throwable failure) {
    Sent failed = stage.require(sent, "no batch is in flight");
    sent = null;
    failed.answer.completeExceptionally(failure);
  }

  /** The bodies that run and whose result is still wanted. */
  List<Body> bodies() {
    bodies.removeIf(b -> b.cancelled);
    stage.check(bodies.stream().allMatch(b -> b.begun), "a body was not told to begin");
    return bodies;
  }

  /** The threads that branches were given. */
  List<Thread> threads() {
    return threads;
  }

  void finish(Body body, StepResult result) {
    bodies.remove(body);
    if (body.execution.finished(body.stepId, body.attempt, result)) {
      turns.add(body.execution::goOn);
    }
  }

  void runsLong(Body body) {
    body.execution.runsLong(body.stepId, body.attempt);
  }

  /** When the alarm rings, by the store's clock. */
  @Nullable Instant alarm() {
    return alarm == null ? null : alarm.minus(skew);
  }

  void ring(RunExecution its) {
    alarm = null;
    its.alarm();
  }

  /** How often it has read the log again. */
  int reads() {
    return reads;
  }

  boolean isParked() {
    return parked;
  }

  /** How often it was said that its execution waits. */
  int timesParked() {
    return timesParked;
  }

  /** Whether its execution is over. */
  boolean hasLeft() {
    return left;
  }

  /** Why it let the run stand, or null. */
  @Nullable String stalled() {
    return stalled;
  }

  /** What its execution has sent to other runs, by relay. */
  Map<String, RunId> owed() {
    return owed;
  }

  /** With which events runs came to be. */
  List<Event> born() {
    return born;
  }

  /** How often it was said that the run shows something new. */
  int timesPublished() {
    return timesPublished;
  }

  @Override
  public void heldBack() {
    gone(null);
  }

  @Override
  public void published() {
    timesPublished++;
  }

  @Override
  public void owes(Map<String, RunId> relays) {
    owed.putAll(relays);
  }

  @Override
  public WorkerId worker() {
    return worker;
  }

  @Override
  public Instant now() {
    return machine.instant();
  }

  @Override
  public long nanos() {
    return machine.nanos();
  }

  @Override
  public double random() {
    return stage.random().nextDouble();
  }

  @Override
  public String batchId() {
    return stage.freshBatchId();
  }

  @Override
  public RunId runId() {
    return stage.freshRunId();
  }

  @Override
  public void born(List<Event> causes) {
    born.addAll(causes);
  }

  @Override
  public String secretToken() {
    return stage.freshToken();
  }

  @Override
  public OpenHooks openHooks() {
    return openHooks;
  }

  @Override
  public Thread thread(Runnable body) {
    Thread thread = machine.branch(body);
    threads.add(thread);
    return thread;
  }

  @Override
  public void execute(Runnable turn) {
    turns.add(turn);
  }

  @Override
  public CompletableFuture<AppendResult> append(Batch batch) {
    if (cut) {
      return CompletableFuture.failedFuture(new WorldException(ErrorCode.CLOSED, "cut off"));
    }
    stage.check(sent == null, "two batches of one execution are in flight");
    Sent now = new Sent(batch);
    sent = now;
    return now.answer;
  }

  @Override
  public List<Event> history(long after) {
    reads++;
    return stage.history(after);
  }

  @Override
  public boolean reschedule(long seen, Due due) {
    stage.meanwhile();
    return !cut && stage.reschedule(worker, stage.run(), execution().epoch(), seen, due);
  }

  @Override
  public void stall(long seen, Standstill standstill) {
    if (!cut) {
      stalled = standstill.reason();
      Stall stall = new Stall(standstill.cause(), standstill.reason(), PAUSE);
      stage.storage().stall(worker, stage.run(), execution().epoch(), seen, stall);
    }
  }

  @Override
  public BodyHandle body(StepEntry step, int attempt) {
    stage.check(sent == null, "body of " + step.site() + " runs ahead of a batch in flight");
    stage.check(
        cut || bodies.stream().noneMatch(b -> !b.cancelled && b.stepId.equals(step.id())),
        "two bodies of " + step.site() + " run at once");
    Body body = new Body(execution(), step, attempt, machine::instant);
    bodies.add(body);
    return body;
  }

  @Override
  public void dispatch(StepEntry step) {
    if (!cut) {
      stage.watch(step.id());
      stage.message(step.id());
    }
  }

  @Override
  public void dispatched(String stepId) {
    if (!cut) {
      stage.unwatch(stepId);
    }
  }

  @Override
  public void alarmAt(@Nullable Instant time) {
    alarm = time;
  }

  @Override
  public void parked(boolean isParked, @Nullable Instant alarm) {
    parked = isParked;
    timesParked += isParked ? 1 : 0;
  }

  @Override
  public void ended(@Nullable RunEnd end) {
    left = true;
  }

  @Override
  public void gone(@Nullable Instant due) {
    left = true;
  }

  @Override
  public void attemptFailed(
      String step, int attempt, StepResult.Failed failed, StepResult.RetryDecision decision) {}

  @Override
  public void warn(String message, @Nullable Throwable cause) {
    stage.check(cut || cause == null, message + ": " + cause);
  }

  @Override
  public boolean isClosing() {
    return cut;
  }

  @Override
  public int historyWarning() {
    return 100_000;
  }
}
