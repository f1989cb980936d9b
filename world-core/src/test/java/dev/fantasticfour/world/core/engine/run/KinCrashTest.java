package dev.fantasticfour.world.core.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.ChildFact;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.workflow.ChildRun;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.core.rules.LogGrammar;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Runs that come of a run are there once, wherever its node crashes, and whichever answer of a port
 * is lost. A sample in every build; {@code -Dworld.crashes=all} tries every call.
 */
class KinCrashTest {

  private static final int SAMPLE = 24;
  private static final WorkflowType<String, String> TYPE =
      WorkflowType.of("of two nodes", String.class, String.class);

  private static String family(WorkflowContext ctx, String in) {
    if (!in.equals("in")) {
      return ctx.step("work", String.class, s -> in + "!");
    }
    List<ChildRun<String>> children = new ArrayList<>();
    for (String name : List.of("one", "two", "three")) {
      children.add(ctx.start(TYPE, name));
    }
    StringBuilder all = new StringBuilder();
    children.forEach(child -> all.append(child.result()));
    return all.toString();
  }

  private static String chain(WorkflowContext ctx, String in) {
    String done = ctx.step("work", String.class, s -> in + "!");
    if (done.endsWith("!!!")) {
      return done;
    }
    throw ctx.continueAsNew(TYPE, done);
  }

  @Test
  @DisplayName("F-7 A run starts three children, crash at every port call: as without")
  void threeChildrenAreStartedOnceWhereverTheirParentCrashes() throws Exception {
    everywhere(
        KinCrashTest::family,
        nodes -> {
          List<RunRecord> runs = nodes.runs();
          assertThat(runs).hasSize(4);
          List<Event> log = nodes.log(runs.getFirst().id());
          assertThat(outputOf(log)).isEqualTo("\"one!two!three!\"");
          assertThat(log.stream().filter(it -> it.fact() instanceof ChildFact.Created)).hasSize(3);
          assertThat(log.stream().filter(it -> it.fact() instanceof ChildFact.Completed))
              .hasSize(3);
        });
  }

  @Test
  @DisplayName("CAN-5 A run goes on twice, crash at every port call: one successor of each")
  void aRunGoesOnOnceWhereverItsNodeCrashes() throws Exception {
    everywhere(
        KinCrashTest::chain,
        nodes -> {
          List<RunRecord> runs = nodes.runs();
          assertThat(runs).hasSize(3).allMatch(run -> run.status() == RunStatus.COMPLETED);
          assertThat(runs.get(0).continuedTo()).isEqualTo(runs.get(1).id());
          assertThat(runs.get(1).continuedTo()).isEqualTo(runs.get(2).id());
          assertThat(outputOf(nodes.log(runs.get(2).id()))).isEqualTo("\"in!!!\"");
        });
  }

  private static String outputOf(List<Event> log) {
    Payload output = ((Fact.RunCompleted) log.getLast().fact()).output();
    return output == null ? "none" : output.text();
  }

  private interface Code {
    String run(WorkflowContext ctx, String in);
  }

  private static void everywhere(Code code, Consumer<TwoNodes> expected) throws Exception {
    int calls;
    try (TwoNodes smooth = new TwoNodes(0, FaultLine.Fault.CRASH_BEFORE, node -> code::run)) {
      RunRecord unused = smooth.play();
      calls = smooth.calls();
      expected.accept(smooth);
    }
    for (CrashPoints.Point point : CrashPoints.of(calls, SAMPLE)) {
      try (TwoNodes nodes = new TwoNodes(point.call(), point.fault(), node -> code::run)) {
        RunRecord unused = nodes.play();
        expected.accept(nodes);
        for (RunRecord run : nodes.runs()) {
          assertThat(LogGrammar.faults(nodes.log(run.id()))).as("%s", point).isEmpty();
        }
      } catch (TimeoutException | AssertionError e) {
        throw new AssertionError(point + " of " + calls, e);
      }
    }
  }
}
