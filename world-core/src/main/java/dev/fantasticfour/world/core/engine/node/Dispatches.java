package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.fold.FoldSize;
import dev.fantasticfour.world.core.engine.fold.Folder;
import dev.fantasticfour.world.core.engine.run.RunExecution;
import dev.fantasticfour.world.core.engine.time.LoopGuard;
import dev.fantasticfour.world.core.engine.time.ThreadEnd;
import dev.fantasticfour.world.core.port.Queue.Message;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the messages of queued steps, and sees that they are there: a slow queue holds up no turn,
 * and one that is away has each sent as soon as it is back. While a message is there, another one
 * of that step is not stored. Safe for any number of threads.
 */
final class Dispatches {

  private static final Logger LOG = LoggerFactory.getLogger(Dispatches.class);
  private static final int MOST = 500;

  private final Environment environment;
  private final Tenure tenure;
  private final Messages messages;
  private final SentSteps sent;
  private final Folder<Step, Folder.NoAnswer> calls;
  private final LoopGuard alone;

  Dispatches(Environment environment, Tenure tenure, SentSteps sent) {
    this.environment = environment;
    this.alone =
        new LoopGuard(
            environment.machine(),
            LOG,
            "sending the message of a queued step",
            "it is sent again later");
    this.tenure = tenure;
    this.messages = new Messages(environment.ports());
    this.sent = sent;
    this.calls =
        Folder.telling(
            environment.machine(),
            "dispatches",
            "sending the messages of queued steps",
            FoldSize.of(MOST),
            "they are sent again later",
            this::send);
  }

  private record Step(RunId run, String workflow, String id, Map<String, String> context) {}

  /** Sends the message of a queued step, with what its observers have to say. */
  void send(RunExecution from, String stepId) {
    sent.add(from.run(), stepId);
    calls.add(new Step(from.run(), from.workflow(), stepId, from.telemetry().context()));
  }

  /** The run does not wait for that step any more. */
  void forget(RunId run, String stepId) {
    sent.forget(run, stepId);
  }

  /** The run waits for nothing any more. */
  void forget(RunId run) {
    sent.forget(run);
  }

  private void send(List<Step> steps) {
    List<Message> all =
        steps.stream()
            .map(step -> messages.ofStep(step.run(), step.workflow(), step.id(), step.context()))
            .toList();
    try {
      enqueue(all);
    } catch (ThreadEnd e) {
      throw e;
    } catch (RuntimeException | Error e) {
      if (all.size() == 1 || tenure.isOver()) {
        throw e;
      }
      // It may be one that the queue takes from nobody.
      all.forEach(each -> sendAlone(each));
    }
  }

  private void sendAlone(Message message) {
    boolean unused = alone.round(() -> enqueue(List.of(message)));
  }

  private void enqueue(List<Message> all) {
    boolean unused =
        tenure.insist(
            "sending the messages of queued steps",
            () -> {
              environment.queue().enqueue(all);
              sent.arrived(all);
              return true;
            });
  }
}
