package dev.fantasticfour.world.core.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.workflow.ChildRun;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.Inbox;
import dev.fantasticfour.world.api.workflow.SignalType;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.core.engine.node.Registry;
import dev.fantasticfour.world.core.rules.LogGrammar;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Runs that start others, and that go on in others, come to the same wherever their node crashes,
 * and whichever answer of a port is lost. A sample in every build; {@code -Dworld.crashes=all}
 * tries every call.
 */
class KinCrashTest {

  private static final int SAMPLE = 24;

  private static final WorkflowType<String, String> CHILD =
      WorkflowType.of("child", String.class, String.class);
  private static final WorkflowType<String, String> CHILD_IN_TWO =
      WorkflowType.of("child in two", String.class, String.class);
  private static final HookType<String> HOOK = HookType.of("hook", String.class);
  private static final SignalType<String> SIGNAL = SignalType.of("signal", String.class);

  /** What came of a scenario, whatever was in its way. */
  private record Outcome(List<String> ends, List<List<String>> logs) {}

  @Test
  @DisplayName(
      "F-7, CH-9 Crash at every port call of a parent of three: result and logs as without")
  void threeChildrenAreStartedOnceWhereverTheirParentCrashes() throws Exception {
    comesToTheSame(
        (node, registry) -> {
          var unused =
              registry
                  .register(TwoNodes.TYPE, KinCrashTest::startThree)
                  .register(CHILD, KinCrashTest::child);
        },
        4,
        EnumSet.of(EventType.STEP_STARTED));
  }

  @Test
  @DisplayName("CAN-5 Crash at every port call of hand-overs: result and logs as without")
  void aRunGoesOnOnceWhereverItsNodeCrashes() throws Exception {
    comesToTheSame(
        (node, registry) -> {
          var unused =
              registry
                  .register(TwoNodes.TYPE, KinCrashTest::goOn)
                  .register(CHILD, KinCrashTest::child)
                  .register(CHILD_IN_TWO, KinCrashTest::childInTwo);
        },
        6,
        // What comes about the time of a hand-over is in one log, or in both.
        EnumSet.of(EventType.STEP_STARTED, EventType.SIGNAL_RECEIVED, EventType.CHILD_COMPLETED));
  }

  private static String startThree(WorkflowContext ctx, String input) {
    List<ChildRun<String>> children = new ArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      children.add(ctx.start(CHILD, name));
    }
    String between = ctx.step("between", String.class, s -> "x");
    return between + children.stream().map(ChildRun::result).toList();
  }

  private static String child(WorkflowContext ctx, String input) {
    return ctx.step("only", String.class, s -> input + "!");
  }

  private static String childInTwo(WorkflowContext ctx, String input) {
    if (input.length() == 1) {
      throw ctx.continueAsNew(CHILD_IN_TWO, input + ctx.step("one", String.class, s -> "1"));
    }
    return ctx.step("two", String.class, s -> input + "2");
  }

  /** Three links; a hook, signals that are not read at once and children reach over the ends. */
  private static String goOn(WorkflowContext ctx, String input) {
    Inbox<String> inbox = ctx.signals(SIGNAL);
    switch (input) {
      case "in" -> {
        Hook<String> hook = ctx.hook(HOOK, "token");
        ctx.signal(SIGNAL, ctx.runId(), "one");
        ctx.signal(SIGNAL, ctx.runId(), "two");
        String first = inbox.await();
        ChildRun<String> unused = ctx.start(CHILD_IN_TWO, "c");
        throw ctx.continueAsNew(TwoNodes.TYPE, first + hook.token());
      }
      case "onetoken" -> {
        String child = ctx.carriedChildren(CHILD_IN_TWO).getFirst().result();
        ChildRun<String> unused = ctx.start(CHILD, "d");
        throw ctx.continueAsNew(TwoNodes.TYPE, child);
      }
      default -> {
        try (Hook<String> hook = ctx.hook(HOOK, "token")) {
          String child = ctx.carriedChildren(CHILD).getFirst().result();
          return input + child + inbox.await() + hook.await(Duration.ofMillis(1)).orElse("?");
        }
      }
    }
  }

  /**
   * @param chance what a log may hold or not
   */
  private static void comesToTheSame(
      BiConsumer<TwoNodes.Node, Registry> code, int runs, Set<EventType> chance) throws Exception {
    Outcome without;
    int calls;
    try (TwoNodes smooth = new TwoNodes(0, FaultLine.Fault.CRASH_BEFORE, code)) {
      RunRecord unused = smooth.play();
      calls = smooth.calls();
      without = outcome(smooth, chance);
    }
    assertThat(without.ends()).hasSize(runs).allMatch(end -> end.startsWith("COMPLETED"));
    for (CrashPoints.Point point : CrashPoints.of(calls, SAMPLE)) {
      try (TwoNodes scenario = new TwoNodes(point.call(), point.fault(), code)) {
        RunRecord unused = scenario.play();
        assertThat(outcome(scenario, chance))
            .as("%s of %d, at %s", point, calls, scenario.crashedAt())
            .isEqualTo(without);
        for (RunRecord run : scenario.runs()) {
          assertThat(LogGrammar.faults(scenario.log(run.id()))).as("%s", point).isEmpty();
        }
      } catch (TimeoutException e) {
        throw new AssertionError(point + " of " + calls + ": not settled", e);
      }
    }
  }

  private static Outcome outcome(TwoNodes scenario, Set<EventType> chance) {
    List<String> ends = new ArrayList<>();
    List<List<String>> logs = new ArrayList<>();
    for (RunRecord run : scenario.runs()) {
      String text = run.output() == null ? "" : run.output().text();
      ends.add((run.status() == RunStatus.COMPLETED ? "COMPLETED " : run.status() + " ") + text);
      logs.add(words(scenario.log(run.id()), chance));
    }
    Collections.sort(ends);
    logs.sort((a, b) -> a.toString().compareTo(b.toString()));
    return new Outcome(ends, logs);
  }

  /** In which order children end is chance, and whoever goes on after a crash notes its start. */
  private static List<String> words(List<Event> log, Set<EventType> chance) {
    return log.stream()
        .map(Event::type)
        .filter(type -> !chance.contains(type))
        .map(EventType::word)
        .sorted()
        .toList();
  }
}
