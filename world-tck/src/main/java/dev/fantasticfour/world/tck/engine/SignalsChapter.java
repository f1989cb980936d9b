package dev.fantasticfour.world.tck.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.Signalled;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.workflow.Inbox;
import dev.fantasticfour.world.api.workflow.SignalType;
import dev.fantasticfour.world.api.workflow.StateType;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.tck.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Signals and published state, from one process to another. */
public interface SignalsChapter {

  /** What is collected. */
  SignalType<String> ADD = SignalType.of("add", String.class);

  /** How much was collected. */
  StateType<Integer> COUNT = StateType.of("count", Integer.class);

  /** Collects that many signals, and shows how many it has. */
  private static Workflow<String, String> collect(int most) {
    return (ctx, in) -> {
      Inbox<String> inbox = ctx.signals(ADD);
      List<String> all = new ArrayList<>();
      while (all.size() < most) {
        all.add(inbox.await());
        ctx.publish(COUNT, all.size());
      }
      return String.join(",", all);
    };
  }

  /** SIG-1, SIG-3 and STA-2. */
  @Test
  @Rule("EN-23")
  default void signalsThatCameBeforeAnyWorkerArriveInOrderAndOnce(WorldScene scene) {
    WorkflowType<String, String> type = scene.type("collects");
    Run<String> run = scene.start(type, "in");
    WorldClient client = scene.client().client();
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      String text = "s" + i;
      sent.add(text);
      client.signal(ADD, run, text, o -> o.id(text));
      client.signal(ADD, run, "again", o -> o.id(text));
    }
    Peer peer = scene.peer(type, collect(50));

    assertThat(client.awaitState(COUNT, run, count -> count == 50, scene.patience()).value())
        .isEqualTo(50);
    assertThat(scene.result(run)).isEqualTo(String.join(",", sent));
    peer.world().close(Duration.ofSeconds(1));
    assertThat(client.state(COUNT, run).orElseThrow().value()).isEqualTo(50);
    assertThatExceptionOfType(WorldException.class)
        .isThrownBy(() -> client.signal(ADD, run, "late"))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.RUN_ENDED));
  }

  /** SIG-4 and SIG-5. */
  @Test
  @Rule("EN-23")
  default void manySendersBeginOneRunAndOneThatHasEndedIsFollowedByAnother(WorldScene scene)
      throws Exception {
    WorkflowType<String, String> type = scene.type("begun");
    Peer unused = scene.peer(type, collect(20));
    WorldClient client = scene.client().client();
    Set<String> runs = ConcurrentHashMap.newKeySet();
    Set<String> begun = ConcurrentHashMap.newKeySet();
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        String text = "s" + i;
        all.add(
            senders.submit(
                () -> {
                  Signalled<String> sent = client.signalOrStart(type, "key", "in", ADD, text);
                  runs.add(sent.run().id());
                  if (sent.isNew()) {
                    begun.add(sent.run().id());
                  }
                }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    }
    assertThat(runs).hasSize(1).isEqualTo(begun);
    Run<String> run = client.run(type, runs.iterator().next());
    assertThat(scene.result(run).split(",")).hasSize(20).doesNotHaveDuplicates();

    Signalled<String> next = client.signalOrStart(type, "key", "in", ADD, "first of the next");

    assertThat(next.isNew()).isTrue();
    assertThat(runs).doesNotContain(next.run().id());
    assertThat(next.run().terminate("enough")).isTrue();
  }

  /** SIG-7, and F-1: a sender that has ended and is lost still owes. */
  @Test
  @Rule({"EN-24", "REL-3"})
  default void whatAWorkflowSendsArrivesThoughItsProcessIsLost(WorldScene scene) {
    WorkflowType<String, String> receiving = scene.type("receives");
    WorkflowType<String, String> sending = scene.type("sends");
    Run<String> receiver = scene.start(receiving, "in");
    Workflow<String, String> send =
        (ctx, target) -> {
          for (int i = 0; i < 5; i++) {
            ctx.signal(ADD, target, "s" + i);
          }
          String between = ctx.step("between", String.class, s -> "x");
          ctx.signal(ADD, target, "last");
          return between;
        };
    Peer first = scene.peer(sending, send);
    Run<String> sender = scene.start(sending, receiver.id());
    assertThat(scene.result(sender)).isEqualTo("x");
    first.lose();
    scene.untilEverybodyKnows();
    Peer unused = scene.peer(w -> w.register(sending, send).register(receiving, collect(6)));

    assertThat(scene.result(receiver)).isEqualTo("s0,s1,s2,s3,s4,last");
    assertThat(Collections.frequency(scene.types(receiver), EventType.SIGNAL_RECEIVED))
        .isEqualTo(6);
  }
}
