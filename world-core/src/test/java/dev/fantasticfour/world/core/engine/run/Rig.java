package dev.fantasticfour.world.core.engine.run;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.UpdateFact;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.UpdateRecord;
import dev.fantasticfour.world.api.workflow.StepFunction;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.engine.program.Definition;
import dev.fantasticfour.world.core.engine.replay.Replay;
import dev.fantasticfour.world.core.engine.replay.Verdict;
import dev.fantasticfour.world.core.engine.turn.StepResult;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One run of a given workflow on a {@link Stage}, moved on by a test, one thing after another. When
 * it is closed, its code must ask for what is recorded behind every batch of its log, unless it was
 * changed meanwhile or stands.
 */
final class Rig implements AutoCloseable {

  private final Stage stage;
  private final WorkerId worker;
  private final Map<String, StepFunction<?, ?>> steps;
  private final Set<Workflow<String, String>> codes = new HashSet<>();
  private ScriptedHost host;
  private RunExecution execution;
  private boolean isDeterministic = true;

  /** Claims the run and executes it with that code until it waits. */
  Rig(Workflow<String, String> code) {
    this(code, Map.of());
  }

  /** The same with bodies of steps, by name. */
  Rig(Workflow<String, String> code, Map<String, StepFunction<?, ?>> steps) {
    this(new Stage(1), code, steps);
  }

  /** The same of a run that is to have ended by then. */
  Rig(Instant deadline, Workflow<String, String> code) {
    this(new Stage(1, deadline), code, Map.of());
  }

  private Rig(Stage stage, Workflow<String, String> code, Map<String, StepFunction<?, ?>> steps) {
    this.stage = stage;
    this.worker = stage.worker();
    this.host = new ScriptedHost(stage, worker, Duration.ZERO);
    this.steps = steps;
    this.execution = begun(code);
  }

  /** Claims the run again and executes it with that code. */
  void load(Workflow<String, String> code) {
    execution = begun(code);
  }

  private RunExecution begun(Workflow<String, String> code) {
    codes.add(code);
    RunRecord claimed =
        stage
            .storage()
            .claim(worker, Work.ofAll(Stage.TASK_QUEUE), List.of(stage.run()))
            .getFirst()
            .run();
    host = new ScriptedHost(stage, worker, Duration.ZERO);
    Definition<String, String> definition = new Definition<>(Interpreter.TYPE, code, steps);
    RunExecution begun =
        new RunExecution(
            host::of, stage.run(), claimed.epoch(), definition, new JacksonPayloadCodec());
    begun.begin(stage.log());
    settle();
    return begun;
  }

  /** Lets everything go on that can, but for bodies and time. */
  void settle() {
    while (host.hasTurn() || host.sent() != null) {
      if (host.hasTurn()) {
        host.turn();
      } else {
        host.answer(stage.append(stage.require(host.sent(), "nothing was sent").batch()));
      }
    }
  }

  /** The body of that step comes to a result. */
  void finish(String step, String value) {
    host.finish(body(step), new StepResult.Returned(Payload.json('"' + value + '"')));
    settle();
  }

  /** The body of that step throws. */
  void fail(String step, Exception thrown) {
    host.finish(body(step), new StepResult.Threw(thrown));
    settle();
  }

  /** The body of that step, run as it is written, comes to what it comes to. */
  void runBody(String step) {
    ScriptedHost.Body body = body(step);
    StepResult result;
    try {
      result = new StepResult.Returned(body.code().run(null));
    } catch (Exception e) {
      result = StepResult.of(e);
    }
    host.finish(body, result);
    settle();
  }

  /** The body of that step, which must be running. */
  ScriptedHost.Body body(String step) {
    return host.bodies().stream().filter(b -> b.name().equals(step)).findFirst().orElseThrow();
  }

  /** A payload that this process appends, and tells its run of. */
  void resume(String token, String payload) {
    execution.tell(resumedElsewhere(token, payload).events());
    settle();
  }

  /** Somebody asks the run to cancel itself, and it is told. */
  void cancel(String reason) {
    AppendResult asked = stage.append(Authority.ANYONE, null, new Fact.CancelRequested(reason));
    execution.tell(((AppendResult.Appended) asked).events());
    settle();
  }

  /** Its process is lost, bodies and all, and another one goes on with the same code. */
  void reload(Workflow<String, String> code) {
    execution.detach();
    settle();
    load(code);
  }

  /** An update that this process asks for, and tells its run of. */
  void ask(String id, String name, String request) {
    AppendResult asked =
        stage.append(
            Authority.ANYONE,
            id,
            new UpdateFact.Requested(name, Payload.json('"' + request + '"')));
    execution.tell(((AppendResult.Appended) asked).events());
    settle();
  }

  /** What became of an update. */
  UpdateRecord update(String id) {
    return stage.storage().update(stage.run(), id).orElseThrow();
  }

  /** The same with any payload. */
  void resumeWith(String token, @Nullable Payload payload) {
    execution.tell(((AppendResult.Appended) stage.resumeWith(token, payload)).events());
    settle();
  }

  /** A payload that somebody else appends; word of it comes without the event. */
  void resumeByOthers(String token, String... payloads) {
    for (String payload : payloads) {
      var unused = resumedElsewhere(token, payload);
    }
    execution.nudge();
    settle();
  }

  private AppendResult.Appended resumedElsewhere(String token, String payload) {
    return (AppendResult.Appended) stage.resume(token, payload);
  }

  /** Time passes until the alarm rings. */
  void ring() {
    Duration left = Duration.between(stage.now(), stage.require(host.alarm(), "there is no alarm"));
    stage.pass(left.isNegative() ? Duration.ZERO : left);
    host.ring(execution);
    settle();
  }

  /** Takes its threads, and waits for their end. */
  void evict() throws InterruptedException {
    execution.evict();
    settle();
    for (Thread thread : host.threads()) {
      if (thread.getState() != Thread.State.NEW) {
        stage.check(thread.join(Duration.ofSeconds(20)), "a thread did not end: " + thread);
      }
    }
  }

  /** Takes its threads and waits for none of them. */
  void evictBlindly() {
    execution.evict();
    settle();
  }

  Stage stage() {
    return stage;
  }

  ScriptedHost host() {
    return host;
  }

  RunExecution execution() {
    return execution;
  }

  RunRecord view() {
    return stage.storage().run(stage.run()).orElseThrow();
  }

  /** The words of the log. */
  List<String> words() {
    return stage.log().stream().map(e -> e.type().word()).toList();
  }

  /** Its code asks for something else each time, as no code may. */
  void isLeftToChance() {
    isDeterministic = false;
  }

  @Override
  public void close() {
    execution.detach();
    settle();
    if (isDeterministic && codes.size() == 1 && view().stalledAt() == null) {
      Verdict verdict =
          new Replay(
                  new Definition<>(Interpreter.TYPE, codes.iterator().next(), steps),
                  new JacksonPayloadCodec(),
                  Thread.ofVirtual()::unstarted,
                  stage.log())
              .everywhere();
      stage.check(verdict.agrees(), "replayed behind every batch: " + verdict);
    }
  }
}
