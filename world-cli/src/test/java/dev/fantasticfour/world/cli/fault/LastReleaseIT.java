package dev.fantasticfour.world.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.cli.fault.Evidence.Body;
import dev.fantasticfour.world.cli.fault.Story.Told;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A worker with the jars of the last release beside one of this build, on the schema of this build
 * . The jars are those of the directory that {@code last.release} names, which {@code
 * .ci/beside-last-release} fetches.
 */
@Timeout(120)
class LastReleaseIT {

  private static final String LIBRARIES = "last.release";
  private static final int RUNS = 10;

  @TempDir Path directory;

  @Test
  void eachTakesTheRunsOfTheOtherOver() throws Exception {
    String libraries = System.getProperty(LIBRARIES, "");
    if (libraries.isBlank()) {
      System.out.println("No jars of a last release were named: it was not run beside this build.");
    }
    assumeTrue(!libraries.isBlank(), LIBRARIES + " names no directory of jars");
    try (Stage stage = Stage.onSharedServers(directory)) {
      List<Run<Told>> runs = new ArrayList<>();
      WorkerJvm last = stage.workerOn(Path.of(libraries), "last");
      for (int i = 0; i < RUNS; i++) {
        runs.add(stage.start("step before", "hook middle " + i, "held gate", "step after"));
      }
      Until.holds(
          "all wait", () -> stage.evidence().runs("running") == RUNS && hooks(stage) == RUNS);
      WorkerJvm now = stage.worker("now");
      stage.awaitJudge(now);
      for (int i = 0; i < RUNS; i++) {
        stage.client().resume(Story.HOOK, "middle " + i, "go on");
      }
      Until.holds(
          "a body is held by the last release",
          () -> stage.evidence().hasBegun(runs.getFirst(), "gate", last));
      now.open("gate");
      last.kill();
      Until.holds("this build took over", () -> stage.evidence().runs("completed") == RUNS);

      runs.add(stage.start("step before", "held other gate", "step after"));
      Until.holds(
          "a body is held by this build",
          () -> stage.evidence().hasBegun(runs.getLast(), "other gate", now));
      WorkerJvm again = stage.workerOn(Path.of(libraries), "again");
      again.open("other gate");
      stage.awaitJudge(again);
      now.kill();
      Until.holds(
          "the last release took over", () -> stage.evidence().runs("completed") == RUNS + 1);

      for (Run<Told> run : runs) {
        assertThat(stage.evidence().bodies(run, "before")).extracting(Body::attempt).hasSize(1);
      }
      assertThat(stage.evidence().faults()).isEmpty();
    }
  }

  private static int hooks(Stage stage) throws Exception {
    return Integer.parseInt(stage.evidence().text("select count(*) from workflow_hooks"));
  }
}
