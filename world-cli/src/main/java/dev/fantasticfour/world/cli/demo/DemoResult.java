package dev.fantasticfour.world.cli.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.view.Json;

/**
 * What came of the demo, counted in the database.
 *
 * @param runsOwnedByVictim unfinished runs of the killed worker, the moment before it was killed
 * @param runsTakenOver those of them that another worker has claimed since
 * @param bodiesCutOff executions of step bodies that the kill ended
 * @param stepBodiesExecuted every execution of every body, counted by the bodies
 * @param duplicateStepResults results recorded twice, or used without being recorded
 * @param takeoverSeconds from the kill until no run was left with the dead worker
 */
record DemoResult(
    long runsStarted,
    long runsCompleted,
    long runsFailed,
    int workers,
    int workersKilled,
    long runsOwnedByVictim,
    long runsTakenOver,
    long bodiesCutOff,
    double takeoverSeconds,
    long stepBodiesExecuted,
    long stepResultsRecorded,
    long duplicateStepResults,
    String postgresVersion,
    String redisVersion,
    String schema,
    double seconds) {

  boolean isGood() {
    return runsCompleted == runsStarted && runsFailed == 0 && duplicateStepResults == 0;
  }

  int exitCode() {
    return isGood() ? ExitCode.OK : ExitCode.NO;
  }

  ObjectNode json() {
    return ((ObjectNode) Json.of(this)).put("ok", isGood());
  }

  String text() {
    return """
    %d of %d runs completed, %d failed.
    %d worker killed (SIGKILL) while it owned %d unfinished runs, with %d step bodies in flight.
    %d of these runs were taken over by the others, the last of them %.1f s after the kill.
    %d executions of step bodies, %d results recorded, %d duplicates.
    %s\
    """
        .formatted(
            runsCompleted,
            runsStarted,
            runsFailed,
            workersKilled,
            runsOwnedByVictim,
            bodiesCutOff,
            runsTakenOver,
            takeoverSeconds,
            stepBodiesExecuted,
            stepResultsRecorded,
            duplicateStepResults,
            isGood()
                ? "Every run completed, every step result counts once. (%.0f s)".formatted(seconds)
                : "Not every run completed as it should have. (%.0f s)".formatted(seconds));
  }
}
