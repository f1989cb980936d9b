package dev.fantasticfour.world.core.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.core.rules.LogGrammar;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * A run ends the same wherever its first node crashes, and whichever answer of a port is lost. A
 * sample in every build; {@code -Dworld.crashes=all} tries every call.
 */
class CrashMatrixTest {

  private static final int SAMPLE = 24;

  @Test
  void theRunEndsTheSameWhereverItsNodeCrashes() throws Exception {
    int calls;
    End expected;
    try (CrashScenario smooth = new CrashScenario(0, FaultLine.Fault.CRASH_BEFORE)) {
      RunRecord run = smooth.play();
      calls = smooth.calls();
      expected = End.of(run, smooth.log(run.id()));
    }
    for (CrashPoints.Point point : CrashPoints.of(calls, SAMPLE)) {
      try (CrashScenario scenario = new CrashScenario(point.call(), point.fault())) {
        RunRecord run = scenario.play();
        List<Event> log = scenario.log(run.id());
        assertThat(End.of(run, log))
            .as("%s of %d, at %s", point, calls, scenario.crashedAt())
            .isEqualTo(expected);
        assertThat(LogGrammar.faults(log)).as("%s", point).isEmpty();
      } catch (java.util.concurrent.TimeoutException e) {
        throw new AssertionError(point + " of " + calls + ": the run did not end", e);
      }
    }
  }

  /** What must not depend on crashes. */
  private record End(Object status, Object output, Map<String, List<Object>> outcomes) {

    static End of(RunRecord run, List<Event> log) {
      Map<String, List<Object>> outcomes =
          log.stream()
              .filter(e -> isOutcome(e.type()))
              .collect(
                  Collectors.groupingBy(
                      e -> nameOf(e, log),
                      TreeMap::new,
                      Collectors.mapping(End::valueOf, Collectors.toList())));
      return new End(run.status(), run.output(), outcomes);
    }

    private static boolean isOutcome(EventType type) {
      return type == EventType.STEP_COMPLETED
          || type == EventType.STEP_FAILED
          || type == EventType.STEP_CANCELLED;
    }

    private static Object valueOf(Event event) {
      return event.fact() instanceof Fact.StepCompleted completed
          ? String.valueOf(completed.result() == null ? null : completed.result().text())
          : event.type();
    }

    private static String nameOf(Event outcome, List<Event> log) {
      return log.stream()
          .filter(e -> String.valueOf(outcome.correlationId()).equals(e.correlationId()))
          .map(Event::fact)
          .map(
              f ->
                  switch (f) {
                    case Fact.StepCreated created -> created.site().name();
                    case Fact.StepCompleted c when c.site() != null -> c.site().name();
                    default -> "";
                  })
          .filter(name -> !name.isEmpty())
          .findFirst()
          .orElse("?");
    }
  }
}
