package dev.fantasticfour.world.core.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.core.rules.LogGrammar;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What a workflow sends to another arrives once, wherever its node crashes, and whichever answer of
 * a port is lost. A sample in every build; {@code -Dworld.crashes=all} tries every call.
 */
class SignalCrashTest {

  private static final int SAMPLE = 24;

  @Test
  @DisplayName("SIG-7 A workflow signals a workflow, crash at every port call: one event each")
  void whatIsSentArrivesOnceWhereverTheSenderCrashes() throws Exception {
    int calls;
    try (SignalScenario smooth = new SignalScenario(0, FaultLine.Fault.CRASH_BEFORE)) {
      smooth.play();
      calls = smooth.calls();
    }
    for (CrashPoints.Point point : CrashPoints.of(calls, SAMPLE)) {
      try (SignalScenario scenario = new SignalScenario(point.call(), point.fault())) {
        scenario.play();
        List<Event> log = scenario.receiverLog();
        assertThat(received(log))
            .as("%s of %d, at %s", point, calls, scenario.crashedAt())
            .containsExactly("\"one\"", "\"two\"", "\"three\"");
        assertThat(LogGrammar.faults(log)).as("%s", point).isEmpty();
        assertThat(LogGrammar.faults(scenario.senderLog())).as("%s", point).isEmpty();
      } catch (TimeoutException e) {
        throw new AssertionError(point + " of " + calls + ": not settled", e);
      }
    }
  }

  private static List<String> received(List<Event> log) {
    List<String> texts = new ArrayList<>();
    for (Event event : log) {
      if (event.fact() instanceof RunFact.SignalReceived signal) {
        texts.add(signal.payload().text());
      }
    }
    return texts;
  }
}
