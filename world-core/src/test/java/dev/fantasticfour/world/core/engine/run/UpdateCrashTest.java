package dev.fantasticfour.world.core.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.core.rules.LogGrammar;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * An update that starts its run is one run and one answer, wherever the process crashes that asks
 * and executes, and whichever answer of a port is lost. A sample in every build; {@code
 * -Dworld.crashes=all} tries every call.
 */
class UpdateCrashTest {

  private static final int SAMPLE = 16;

  @Test
  @DisplayName("UPD-9: updateOrStart crash at every port call: one run, one request, one answer")
  void anUpdateThatStartsItsRunIsAnsweredOnceWhereverItsNodeCrashes() throws Exception {
    int calls;
    try (UpdateCrashScenario smooth = new UpdateCrashScenario(0, FaultLine.Fault.CRASH_BEFORE)) {
      assertThat(smooth.play()).isEqualTo("3ab");
      calls = smooth.calls();
    }
    for (CrashPoints.Point point : CrashPoints.of(calls, SAMPLE)) {
      try (UpdateCrashScenario scenario = new UpdateCrashScenario(point.call(), point.fault())) {
        assertThat(scenario.play())
            .as("%s of %d, at %s", point, calls, scenario.crashedAt())
            .isEqualTo("3ab");
        assertThat(scenario.runs()).as("%s", point).hasSize(1);
        assertThat(LogGrammar.faults(scenario.log())).as("%s", point).isEmpty();
        assertThat(scenario.log().stream().map(event -> event.type().word()))
            .as("%s", point)
            .containsOnlyOnce("update_requested", "update_accepted", "update_completed");
      } catch (java.util.concurrent.TimeoutException e) {
        throw new AssertionError(point + " of " + calls + ": it was not answered", e);
      }
    }
  }
}
