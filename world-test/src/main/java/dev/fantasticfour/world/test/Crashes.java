package dev.fantasticfour.world.test;

import dev.fantasticfour.world.api.run.RunRecord;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Plays a scenario with something else going wrong each time. */
final class Crashes {

  private Crashes() {}

  /** What must not depend on what goes wrong: how runs end, by workflow, in the order of starts. */
  private record Ends(Map<String, List<String>> byWorkflow) {

    static Ends of(TestWorld world) {
      Map<String, List<String>> ends = new TreeMap<>();
      Looks looks = world.laboratory().looks();
      for (RunRecord listed : looks.runs()) {
        // A list has no payloads.
        RunRecord run = looks.run(listed.id().value());
        ends.merge(
            run.workflow(),
            List.of(text(run)),
            (one, other) -> Stream.concat(one.stream(), other.stream()).toList());
      }
      return new Ends(ends);
    }

    private static String text(RunRecord run) {
      return run.status().word()
          + (run.output() == null ? "" : " with " + run.output().text())
          + (run.errorCode() == null ? "" : ", " + run.errorCode());
    }
  }

  static void everywhere(Consumer<TestWorld> scenario) {
    int calls;
    Ends expected;
    try (TestWorld smooth = TestWorld.inMemory()) {
      scenario.accept(smooth);
      smooth.check();
      calls = smooth.laboratory().calls().count();
      expected = Ends.of(smooth);
    }
    for (int call = 1; call <= calls; call++) {
      for (Crash crash : Crash.values()) {
        play(scenario, call, crash, expected);
      }
    }
  }

  private static void play(Consumer<TestWorld> scenario, int call, Crash crash, Ends expected) {
    try (TestWorld world = TestWorld.inMemory()) {
      PortCalls ports = world.laboratory().calls();
      ports.goWrong(call, null, crash);
      try {
        scenario.accept(world);
        world.check();
      } catch (Exception | AssertionError e) {
        throw new AssertionError(at(ports, call, crash) + " it fails: " + e.getMessage(), e);
      }
      Ends ends = Ends.of(world);
      if (!ends.equals(expected)) {
        throw new AssertionError(
            at(ports, call, crash)
                + " its runs end otherwise:\n  "
                + ends.byWorkflow()
                + "\n  and without\n  "
                + expected.byWorkflow());
      }
    }
  }

  private static String at(PortCalls ports, int call, Crash crash) {
    @Nullable String wentWrong = ports.wentWrong();
    return switch (crash) {
          case BEFORE, AFTER -> "with the workers lost ";
          case ANSWER_LOST -> "with ";
        }
        + (wentWrong == null ? crash + " call " + call : wentWrong);
  }
}
