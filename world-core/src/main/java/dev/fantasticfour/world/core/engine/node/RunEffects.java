package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.core.engine.codec.Failures;
import dev.fantasticfour.world.core.engine.program.OpenHooks;
import dev.fantasticfour.world.core.engine.program.Standstill;
import dev.fantasticfour.world.core.engine.program.StepEntry;
import dev.fantasticfour.world.core.engine.run.RunExecution;
import dev.fantasticfour.world.core.engine.step.InlineSteps;
import dev.fantasticfour.world.core.engine.telemetry.RunTelemetry;
import dev.fantasticfour.world.core.engine.turn.BodyHandle;
import dev.fantasticfour.world.core.engine.turn.Effects;
import dev.fantasticfour.world.core.engine.turn.StepResult;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.RunCustody;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.rules.RunEnd;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the execution of one run does: connects it with its node and the ports. */
final class RunEffects implements Effects {

  private static final Logger LOG = LoggerFactory.getLogger(RunEffects.class);

  /** A run that waits no longer than that is back before it were gone. */
  private static final Duration BRIEF = Duration.ofMillis(250);

  private final NodeParts parts;
  private final Environment environment;
  private final Tenure tenure;
  private final Holdings holdings;
  private final Outgoing outgoing;
  private final RunExecution execution;
  private final RunTelemetry telemetry;

  RunEffects(
      NodeParts parts,
      Tenure tenure,
      Holdings holdings,
      Outgoing outgoing,
      RunExecution execution,
      RunTelemetry telemetry) {
    this.telemetry = telemetry;
    this.parts = parts;
    this.environment = parts.environment();
    this.tenure = tenure;
    this.holdings = holdings;
    this.outgoing = outgoing;
    this.execution = execution;
  }

  /**
   * Where the effects of all runs of a tenure go.
   *
   * @param bodies of inline steps
   * @param dispatches messages of queued steps
   * @param reschedules when parked runs are due
   * @param departures runs that are over here
   * @param newborn runs that come to be
   */
  record Outgoing(
      InlineSteps bodies,
      Dispatches dispatches,
      Reschedules reschedules,
      Departures departures,
      Newborn newborn) {}

  @Override
  public RunTelemetry telemetry() {
    return telemetry;
  }

  @Override
  public WorkerId worker() {
    return tenure.worker();
  }

  @Override
  public long nanos() {
    return environment.machine().nanos();
  }

  @Override
  public Instant now() {
    return environment.now();
  }

  @Override
  public double random() {
    return environment.machine().chance().jitter();
  }

  @Override
  public String batchId() {
    return environment.ports().ids().batch();
  }

  @Override
  public RunId runId() {
    return environment.ports().ids().run();
  }

  @Override
  public String secretToken() {
    return environment.machine().chance().secret();
  }

  @Override
  public OpenHooks openHooks() {
    return parts.openHooks();
  }

  @Override
  public Thread thread(Runnable body) {
    return environment.machine().branch(body);
  }

  @Override
  public void execute(Runnable turn) {
    environment.machine().start("turn", turn);
  }

  @Override
  public CompletableFuture<AppendResult> append(Batch batch) {
    if (tenure.isOver()) {
      return CompletableFuture.failedFuture(
          new WorldException(ErrorCode.CLOSED, "worker " + worker() + " is over"));
    }
    telemetry.appending();
    return environment
        .ports()
        .appender()
        .append(batch)
        .whenComplete(
            (result, failure) -> {
              if (result != null) {
                telemetry.appended(result);
              }
              if (result instanceof AppendResult.Appended appended) {
                holdings.suspects().clear(appended.run());
              }
              if (result instanceof AppendResult.InLog inLog) {
                parts.ends().appended(inLog.events());
              }
            });
  }

  @Override
  public List<Event> history(long after) {
    return tenure.history(execution.run(), after);
  }

  @Override
  public boolean reschedule(long seen, Due due) {
    return outgoing
        .reschedules()
        .reschedule(new RunCustody.Reschedule(execution.run(), execution.epoch(), seen, due));
  }

  @Override
  public void stall(long seen, Standstill standstill) {
    holdings
        .stalls()
        .stall(execution.run(), execution.workflow(), execution.epoch(), seen, standstill);
  }

  @Override
  public BodyHandle body(StepEntry step, int attempt) {
    return outgoing.bodies().body(execution, step, attempt, tenure.lease());
  }

  @Override
  public void dispatch(StepEntry step) {
    // Wherever its body runs: whether it writes to a stream is not told to this node.
    execution.streamUsed();
    outgoing.dispatches().send(execution, step.id());
  }

  @Override
  public void dispatched(String stepId) {
    outgoing.dispatches().forget(execution.run(), stepId);
  }

  @Override
  public void alarmAt(@Nullable Instant time) {
    environment.alarms().set(execution.alarmed(), time);
  }

  @Override
  public void parked(boolean isParked, @Nullable Instant alarm) {
    if (isParked) {
      holdings.suspects().clear(execution.run());
      boolean isBrief = alarm != null && alarm.isBefore(now().plus(BRIEF));
      holdings.table().park(execution, isBrief).forEach(RunExecution::evict);
    } else {
      holdings.table().resume(execution);
    }
  }

  @Override
  public void ended(@Nullable RunEnd end) {
    outgoing.dispatches().forget(execution.run());
    Settling settling = holdings.settling();
    boolean mayOwe = execution.presence().hasSent();
    boolean mayStream = end == null || execution.presence().usedStreams();
    boolean settles = (mayStream || mayOwe) && settling.begin(execution.run());
    try {
      outgoing.departures().left(execution, false);
      if (end != null && end.status() == RunStatus.FAILED) {
        sayFailed(end);
      }
      parts.ends().announce(execution.run(), end);
    } finally {
      if (settles) {
        settle(settling, mayOwe, mayStream);
      }
    }
  }

  private void settle(Settling settling, boolean mayOwe, boolean mayStream) {
    if (mayOwe) {
      settling.settleOnceMoved(
          execution.run(), execution.epoch(), execution.presence().owedAtEnd(), mayStream);
    } else {
      settling.settle(execution.run(), execution.epoch());
    }
  }

  private void sayFailed(RunEnd end) {
    LOG.warn(
        "run {} of workflow '{}' failed: {}",
        execution.run(),
        execution.workflow(),
        Failures.text(environment.ports().codec().decodeFailure(end.error())));
  }

  @Override
  public void gone(@Nullable Instant due) {
    outgoing.departures().left(execution, true);
    if (due != null) {
      parts.sweeps().by(due);
    }
  }

  @Override
  public void heldBack() {
    outgoing.departures().left(execution, false);
    tenure.letGo(execution.run(), execution.epoch());
  }

  @Override
  public void published() {
    parts.news().shown(execution.run());
  }

  @Override
  public void owes(Map<String, RunId> relays) {
    parts.relays().owes(execution.run(), relays, execution::relieved);
  }

  @Override
  public void born(List<Event> causes) {
    outgoing.newborn().born(causes);
  }

  @Override
  public void attemptFailed(
      String step, int attempt, StepResult.Failed failed, StepResult.RetryDecision decision) {
    parts.attemptLog().failed(execution.run(), step, attempt, failed, decision);
  }

  @Override
  public void warn(String message, @Nullable Throwable cause) {
    LOG.warn("run {} of workflow '{}': {}", execution.run(), execution.workflow(), message, cause);
  }

  @Override
  public boolean isClosing() {
    return tenure.isOver();
  }

  @Override
  public int historyWarning() {
    return environment.config().historyWarning();
  }
}
