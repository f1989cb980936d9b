package dev.fantasticfour.world.core.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.workflow.Saga;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.core.rules.LogGrammar;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * A saga is undone once, wherever its node crashes, and whichever answer of a port is lost. A
 * sample in every build; {@code -Dworld.crashes=all} tries every call.
 */
class SagaCrashTest {

  private static final int SAMPLE = 24;
  private static final List<String> UNDONE =
      List.of("undo four", "undo three", "undo two", "undo one");

  /** The compensations whose bodies ran on the second node. */
  private final Queue<String> second = new ConcurrentLinkedQueue<>();

  private Workflow<String, String> code(TwoNodes.Node node) {
    return (ctx, in) -> {
      try (Saga saga = ctx.saga()) {
        for (String name : List.of("one", "two", "three", "four")) {
          String unused =
              saga.step(
                  name,
                  String.class,
                  s -> name,
                  (c, done) -> c.step("undo " + name, String.class, s -> undo(node, name)));
        }
        throw new IllegalStateException("broken");
      }
    };
  }

  private String undo(TwoNodes.Node node, String name) {
    if (node == TwoNodes.Node.SECOND) {
      second.add("undo " + name);
    }
    return "undone";
  }

  @Test
  @DisplayName("SAGA-2 Crash between any two compensations: none twice beyond its at-least-once")
  void aSagaIsUndoneOnceWhereverItsNodeCrashes() throws Exception {
    int calls;
    try (TwoNodes smooth = new TwoNodes(0, FaultLine.Fault.CRASH_BEFORE, this::code)) {
      RunRecord unused = smooth.play();
      calls = smooth.calls();
    }
    for (CrashPoints.Point point : CrashPoints.of(calls, SAMPLE)) {
      second.clear();
      try (TwoNodes nodes = new TwoNodes(point.call(), point.fault(), this::code)) {
        RunRecord run = nodes.play();
        List<Event> log = nodes.log(run.id());
        assertThat(run.status()).as("%s of %d", point, calls).isEqualTo(RunStatus.FAILED);
        assertThat(run.errorCode()).isEqualTo("USER_ERROR");
        assertThat(undone(log))
            .as("%s of %d, at %s", point, calls, nodes.crashedAt())
            .isEqualTo(UNDONE);
        assertThat(second).as("%s", point).filteredOn(undone(nodes.before())::contains).isEmpty();
        assertThat(LogGrammar.faults(log)).as("%s", point).isEmpty();
      } catch (TimeoutException e) {
        throw new AssertionError(point + " of " + calls + ": the run did not end", e);
      }
    }
  }

  private static List<String> undone(List<Event> log) {
    List<String> names = new ArrayList<>();
    for (Event event : log) {
      if (event.fact() instanceof Fact.StepCompleted completed
          && completed.site().name().startsWith("undo")) {
        names.add(completed.site().name());
      }
    }
    return names;
  }
}
