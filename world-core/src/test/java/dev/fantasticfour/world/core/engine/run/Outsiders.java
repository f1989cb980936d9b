package dev.fantasticfour.world.core.engine.run;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.FatalException;
import dev.fantasticfour.world.api.error.RetryableException;
import dev.fantasticfour.world.api.event.Birth;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.event.UpdateFact;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.Predecessor;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.api.run.WaitRecord;
import dev.fantasticfour.world.api.run.WaitStatus;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.engine.turn.StepResult;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.RunLog;
import dev.fantasticfour.world.core.port.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everybody but the owner who appends to the run, and the bodies of its steps. */
final class Outsiders {

  /** The workflow of children, which nobody executes: they come to what they come to. */
  static final String CHILD = "child";

  private final Stage stage;
  private final JacksonPayloadCodec codec = new JacksonPayloadCodec();
  private final List<Authority.AttemptHolder> held = new ArrayList<>();
  private int values;

  Outsiders(Stage stage) {
    this.stage = stage;
  }

  /** What a body comes to; values are never the same twice. */
  StepResult resultOf(String name, boolean calm) {
    int kind = calm ? 0 : stage.random().nextInt(100);
    if (kind < 70) {
      return new StepResult.Returned(Payload.json("\"" + name + values++ + "\""));
    }
    return new StepResult.Threw(thrown(kind));
  }

  private static Exception thrown(int kind) {
    if (kind < 88) {
      return new IllegalStateException("failed");
    }
    return kind < 94
        ? new FatalException("failed for good")
        : new RetryableException("later", Duration.ofMillis(kind == 94 ? 0 : 300));
  }

  /** Somebody does something; null when there is nothing to do. */
  @Nullable AppendResult act(boolean calm) {
    if (!calm && stage.chance(8)) {
      return ask();
    } else if (stage.chance(20)) {
      return stage.chance(50) ? relay() : end(calm);
    }
    int kind = stage.random().nextInt(100);
    if (kind < 35) {
      return resume();
    } else if (kind < 60) {
      return take();
    } else if (kind < 90) {
      return settle(calm);
    } else if (kind < 96) {
      return wake();
    } else if (!calm && kind < 98) {
      return cancel();
    } else if (!calm && kind == 98 && stage.chance(20)) {
      return stage.append(Authority.ANYONE, null, new Fact.RunTerminated("enough"));
    }
    return null;
  }

  private @Nullable AppendResult resume() {
    if (stage.chance(20)) {
      return relay();
    } else if (stage.chance(40)) {
      return signal();
    }
    List<HookRecord> hooks = stage.storage().hooks(stage.run(), PageRequest.oldestFirst()).items();
    return hooks.isEmpty() ? null : stage.resume(stage.any(hooks).token(), "payload" + values++);
  }

  /** An update is asked for; no code may take those of its name. */
  private AppendResult ask() {
    String name = "update-" + stage.random().nextInt(3);
    String id = "asked-" + values++;
    return stage.append(
        Authority.ANYONE, id, new UpdateFact.Requested(name, Payload.json('"' + id + '"')));
  }

  private AppendResult signal() {
    String name = "s" + stage.random().nextInt(2);
    Payload payload = Payload.json("\"signal" + values++ + "\"");
    return stage.append(Authority.ANYONE, null, new RunFact.SignalReceived(name, null, payload));
  }

  /** A child comes to its end, or goes on in another run; its parent is not told yet. */
  private @Nullable AppendResult end(boolean calm) {
    List<RunRecord> going =
        stage.storage().children(stage.run(), PageRequest.oldestFirst()).items().stream()
            .map(child -> newest(child.childRun()))
            .filter(run -> !run.status().isFinal())
            .toList();
    if (going.isEmpty()) {
      return null;
    }
    RunRecord child = stage.any(going);
    List<Draft> drafts = new ArrayList<>();
    if (child.status() == RunStatus.PENDING) {
      drafts.add(new Draft(null, stage.now(), new Fact.RunStarted(null)));
    }
    Fact end = calm ? new Fact.RunCompleted(Payload.json("\"calm\"")) : endOf(child);
    drafts.add(new Draft(null, stage.now(), end));
    AppendResult result = stage.append(Authority.ANYONE, new Target.OfRun(child.id()), drafts);
    stage.check(result instanceof AppendResult.Appended, "a child cannot end: " + result);
    return null;
  }

  private RunRecord newest(RunId run) {
    RunRecord found = stage.storage().run(run).orElseThrow();
    return found.continuedTo() == null ? found : newest(found.continuedTo());
  }

  private Fact endOf(RunRecord child) {
    int kind = stage.random().nextInt(10);
    if (kind < 4) {
      return new Fact.RunCompleted(Payload.json("\"child" + values++ + "\""));
    } else if (kind < 6) {
      Payload error = codec.encodeFailure(new IllegalStateException("of child " + values++));
      return new Fact.RunFailed(error, "USER_ERROR");
    } else if (kind < 7) {
      return new Fact.RunCancelled("by itself");
    } else if (kind < 8) {
      return new Fact.RunTerminated("from outside");
    }
    Fact.RunCreated creation =
        (Fact.RunCreated) stage.storage().history(child.id(), 0, 1).getFirst().fact();
    Predecessor before = creation.predecessor();
    Predecessor next =
        new Predecessor(
            child.id().value(),
            before == null ? child.id().value() : before.chain(),
            before == null ? 1 : before.index() + 1,
            0);
    return new RunFact.Continued(
        stage.freshRunId().value(), List.of(), new Birth(creation.following(next), false));
  }

  /** What the run has sent to itself arrives, and what its children owe it, and it them. */
  private @Nullable AppendResult relay() {
    List<RunLog.Relayed> unused = stage.storage().relay(stage.storage().owed(stage.run(), 5), 2);
    List<RunLog.Relayed> relayed =
        stage.storage().relay(Set.of(stage.run()), 1 + stage.random().nextInt(3));
    if (relayed.isEmpty()) {
      return null;
    }
    RunLog.Relayed entered = relayed.getFirst();
    return new AppendResult.Appended(
        entered.run(), entered.events(), entered.owner(), entered.taskQueue(), List.of());
  }

  private AppendResult cancel() {
    return stage.append(Authority.ANYONE, null, new Fact.CancelRequested("not wanted"));
  }

  /** A wait is ended before its time. */
  private @Nullable AppendResult wake() {
    List<WaitRecord> waits =
        stage.storage().waits(stage.run()).stream()
            .filter(w -> w.status() == WaitStatus.WAITING)
            .toList();
    return waits.isEmpty()
        ? null
        : stage.append(Authority.ANYONE, stage.any(waits).id(), new Fact.WaitCompleted());
  }

  /** A message is taken: an attempt begins; now and then the message is lost. */
  private @Nullable AppendResult take() {
    List<String> messages = stage.messages();
    if (messages.isEmpty()) {
      return null;
    }
    String id = stage.any(messages);
    if (stage.chance(20)) {
      stage.lose(id);
      return null;
    }
    StepRecord step = stage.storage().step(stage.run(), id).orElse(null);
    if (step == null || step.status().isFinal()) {
      stage.lose(id);
      return null;
    }
    Authority.AttemptHolder holder = new Authority.AttemptHolder(id, step.attempt() + 1);
    AppendResult result =
        stage.append(holder, id, new Fact.StepStarted(null, holder.attempt(), "somebody"));
    if (result instanceof AppendResult.Appended) {
      held.add(holder);
    }
    return result;
  }

  /** An attempt comes to its end, perhaps after it was taken over or given up. */
  private @Nullable AppendResult settle(boolean calm) {
    if (held.isEmpty()) {
      return null;
    }
    Authority.AttemptHolder holder = held.remove(stage.random().nextInt(held.size()));
    int attempt = holder.attempt();
    StepResult result = resultOf("held", calm);
    Fact fact =
        switch (result) {
          case StepResult.Returned returned -> {
            stage.lose(holder.stepId());
            yield new Fact.StepCompleted(null, attempt, null, returned.result());
          }
          case StepResult.Failed failed -> {
            Payload error = codec.encodeFailure(failed.thrown());
            yield stage.chance(50)
                ? new Fact.StepRetrying(null, attempt, error, stage.now())
                : new Fact.StepFailed(null, attempt, null, error, "FATAL");
          }
        };
    return stage.append(holder, holder.stepId(), fact);
  }
}
