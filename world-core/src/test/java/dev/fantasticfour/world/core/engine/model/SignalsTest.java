package dev.fantasticfour.world.core.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.Signalled;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.Inbox;
import dev.fantasticfour.world.api.workflow.Received;
import dev.fantasticfour.world.api.workflow.SignalType;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SignalsTest extends Worlds {

  private static final SignalType<String> ADD = SignalType.of("add", String.class);
  private static final SignalType<String> DONE = SignalType.of("done", String.class);
  private static final WorkflowType<String, String> OTHER =
      WorkflowType.of("other", String.class, String.class);

  /** Collects what it is sent until it is done. */
  private static final Workflow<String, String> COLLECT =
      (ctx, in) -> {
        var unused = ctx.signals(DONE).await();
        Inbox<String> items = ctx.signals(ADD);
        List<String> all = new ArrayList<>();
        while (items.pending() > 0) {
          all.add(items.await());
        }
        return String.join(",", all);
      };

  /** Takes one item, of whatever there is, when it was told twice that it is done. */
  private static final Workflow<String, String> COLLECT_ONE =
      (ctx, in) -> {
        var first = ctx.signals(DONE).await();
        var second = ctx.signals(DONE).await();
        return ctx.signals(ADD).await();
      };

  @Test
  @DisplayName("SIG-1 A thousand signals that came before the code asks arrive, in order")
  void signalsWaitForTheCodeToAsk() {
    WorldClient client = with(COLLECT);
    Run<String> run = client.start(TYPE, "in");
    List<String> sent = IntStream.range(0, 1000).mapToObj(Integer::toString).toList();

    sent.forEach(each -> client.signal(ADD, run, each));
    client.signal(DONE, run, null);

    assertThat(run.result(SOON)).isEqualTo(String.join(",", sent));
  }

  @Test
  @DisplayName("SIG-3 One id from ten threads is one signal, the first of them")
  void anIdIsSentOnce() throws Exception {
    WorldClient client = with(COLLECT);
    Run<String> run = client.start(TYPE, "in");

    together(10, i -> send(client, run, "payload " + i, "a"));
    client.signal(DONE, run, null);

    assertThat(run.result(SOON)).startsWith("payload").doesNotContain(",");
    assertThat(log(run)).containsOnlyOnce("run_completed");
    assertThat(Collections.frequency(log(run), "signal_received")).isEqualTo(2);
    // Also when the run has ended, whatever the payload.
    client.signal(ADD, run, "again", o -> o.id("a"));
  }

  @Test
  @DisplayName("SIG-4 Fifty threads that signal or start one key make one run with fifty signals")
  void manySendersStartOneRun() throws Exception {
    WorldClient client = with(COLLECT);
    Set<String> runs = ConcurrentHashMap.newKeySet();
    AtomicInteger started = new AtomicInteger();

    together(
        50,
        i -> {
          Signalled<String> sent = client.signalOrStart(TYPE, "key", "in", ADD, "s" + i);
          runs.add(sent.run().id());
          started.addAndGet(sent.isNew() ? 1 : 0);
          return null;
        });

    assertThat(runs).hasSize(1);
    assertThat(started).hasValue(1);
    Run<String> run = client.run(TYPE, runs.iterator().next());
    client.signal(DONE, TYPE, "key", null);
    assertThat(run.result(SOON).split(",")).hasSize(50).doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("SIG-5 A run that has ended takes no signal; signalOrStart begins another one")
  void anEndedRunTakesNoSignal() {
    WorldClient client = with((ctx, in) -> ctx.signals(ADD).await());
    Signalled<String> first = client.signalOrStart(TYPE, "key", "in", ADD, "one");
    assertThat(first.run().result(SOON)).isEqualTo("one");

    assertThatThrownBy(() -> client.signal(ADD, first.run(), "late"))
        .isInstanceOfSatisfying(
            WorldException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RUN_ENDED));
    assertThatThrownBy(() -> client.signal(ADD, TYPE, "key", "late"))
        .isInstanceOfSatisfying(
            WorldException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RUN_ENDED));
    Signalled<String> second = client.signalOrStart(TYPE, "key", "in", ADD, "two");

    assertThat(second.isNew()).isTrue();
    assertThat(second.run().id()).isNotEqualTo(first.run().id());
    assertThat(second.run().result(SOON)).isEqualTo("two");
  }

  @Test
  void aRepeatedSignalOrStartFindsTheRunThatHasTheSignal() {
    WorldClient client = with((ctx, in) -> ctx.signals(ADD).await());
    Signalled<String> first =
        client.signalOrStart(TYPE, "key", "in", ADD, "one", o -> o.id("the only"));
    assertThat(first.run().result(SOON)).isEqualTo("one");

    Signalled<String> again =
        client.signalOrStart(TYPE, "key", "in", ADD, "one", o -> o.id("the only"));

    assertThat(again.isNew()).isFalse();
    assertThat(again.run().id()).isEqualTo(first.run().id());
  }

  @Test
  void aRunThatThereIsNotTakesNoSignal() {
    WorldClient client = with(COLLECT);
    String unknown = client.start(TYPE, "in").id().replaceAll(".{4}$", "0000");

    assertThatThrownBy(() -> client.signal(ADD, client.run(unknown), "lost"))
        .isInstanceOfSatisfying(
            WorldException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RUN_NOT_FOUND));
    assertThatThrownBy(() -> client.signal(ADD, TYPE, "no such key", "lost"))
        .isInstanceOfSatisfying(
            WorldException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RUN_NOT_FOUND));
  }

  @Test
  @DisplayName(
      "SIG-6 A timeout swallows no signal: one that comes later is there for the next look")
  void aTimeoutSwallowsNoSignal() {
    WorldClient client =
        with(
            (ctx, in) -> {
              Inbox<String> items = ctx.signals(ADD);
              Received<String> none = items.await(Duration.ofMillis(5));
              try (Hook<String> hook = ctx.hook(HOOK, "token")) {
                hook.await();
              }
              return none.isEmpty() + items.poll().orElse("nothing") + items.poll().isEmpty();
            });
    Run<String> run = client.start(TYPE, "in");
    run.awaitHook(HOOK, SOON);

    client.signal(ADD, run, "late");
    client.resume(HOOK, "token", "go");

    assertThat(run.result(SOON)).isEqualTo("truelatetrue");
  }

  @Test
  void whoLosesTheRaceForASignalTakesNothing() {
    WorldClient client =
        with(
            (ctx, in) -> {
              Inbox<String> items = ctx.signals(ADD);
              String first =
                  ctx.<String>any(
                      List.of(b -> items.await(), b -> b.step("quick", String.class, s -> "step")));
              String both = first + items.await();
              try (Hook<String> hook = ctx.hook(HOOK, "token")) {
                return both + hook.await();
              }
            });
    Run<String> run = client.start(TYPE, "in");

    client.signal(ADD, run, "one");
    client.signal(ADD, run, "two");
    run.awaitHook(HOOK, SOON);
    client.resume(HOOK, "token", "");

    assertThat(run.result(SOON)).isIn("stepone", "onetwo");
  }

  @Test
  void nullIsASignalTooAndOneThatDoesNotFitIsTakenAndSaid() {
    SignalType<Integer> wrong = SignalType.of("number", Integer.class);
    WorldClient client =
        with(
            (ctx, in) -> {
              String first = ctx.signals(ADD).await();
              String misfit;
              try {
                misfit = "read " + ctx.signals(wrong).await();
              } catch (WorldException e) {
                misfit = e.code().name();
              }
              return first + misfit + ctx.signals(wrong).await();
            });
    Run<String> run = client.start(TYPE, "in");

    client.signal(ADD, run, null);
    client.signalJson("number", run.id(), "{\"not\":\"one\"}", o -> o);
    client.signal(wrong, run, 7);

    assertThat(run.result(SOON)).isEqualTo("nullSERIALIZATION7");
  }

  @Test
  void aRunThatNobodyHasBegunKeepsItsSignals() {
    WorldClient client = with(COLLECT, w -> w.register(OTHER, COLLECT));
    Run<String> run = client.start(TYPE, "in");
    client.signal(ADD, run, "a");
    client.signal(DONE, run, null);

    assertThat(run.result(SOON)).isEqualTo("a");
  }

  @Test
  void aWorkflowSignalsAWorkflow() {
    WorldClient client =
        with(
            COLLECT,
            w ->
                w.register(
                    OTHER,
                    (ctx, target) -> {
                      for (int i = 0; i < 3; i++) {
                        ctx.signal(ADD, target, "s" + i);
                      }
                      ctx.sleep(Duration.ofMillis(1));
                      ctx.signal(DONE, target, null);
                      return "sent";
                    }));
    Run<String> run = client.start(TYPE, "in");
    Run<String> sender = client.start(OTHER, run.id());

    assertThat(run.result(SOON)).isEqualTo("s0,s1,s2");
    assertThat(sender.result(SOON)).isEqualTo("sent");
    assertThat(Collections.frequency(log(sender), "signal_sent")).isEqualTo(4);
  }

  @Test
  @DisplayName("SIG-8 Signals that nobody had read at the end are counted in the view")
  void unreadSignalsAreCountedInTheView() {
    WorldClient client = with(COLLECT_ONE);
    Run<String> run = client.start(TYPE, "in");
    client.signal(ADD, run, "a");
    client.signal(ADD, run, "b");
    client.signal(DONE, run, null);
    assertThat(run.view().unreadSignals()).isZero();
    client.signal(DONE, run, null);

    assertThat(run.result(SOON)).isEqualTo("a");
    assertThat(run.view().unreadSignals()).isEqualTo(1);
  }

  @Test
  @DisplayName("SIG-9 A run that returns after its first signal ends, however busy its sender is")
  void aBusySenderDoesNotKeepARunFromEnding() throws Exception {
    WorldClient client =
        with(WorldConfig.inMemory(), (ctx, in) -> ctx.signals(ADD).await(), w -> {});
    Run<String> run = client.start(TYPE, "in");
    AtomicBoolean ended = new AtomicBoolean();
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> busy = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        busy.add(senders.submit(() -> sendUntilEnded(client, run, ended)));
      }
      assertThat(run.result(Duration.ofSeconds(5))).isEqualTo("busy");
      ended.set(true);
      for (Future<?> each : busy) {
        each.get();
      }
    }
  }

  private static void sendUntilEnded(WorldClient client, Run<?> run, AtomicBoolean ended) {
    while (!ended.get()) {
      try {
        client.signal(ADD, run, "busy");
      } catch (WorldException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.RUN_ENDED);
        return;
      }
    }
  }

  private static Void send(WorldClient client, Run<?> run, String payload, String id) {
    client.signal(ADD, run, payload, o -> o.id(id));
    return null;
  }

  private interface Task {
    Void of(int i);
  }

  private static void together(int threads, Task task) throws Exception {
    try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Void>> calls = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int number = i;
        calls.add(() -> task.of(number));
      }
      for (Future<Void> each : all.invokeAll(calls)) {
        each.get();
      }
    }
  }
}
