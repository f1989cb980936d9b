package dev.fantasticfour.world.cli.runs;

import dev.fantasticfour.world.api.CopyOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** From which step on a run begins again, and with what. */
final class StepChoice {

  @Option(
      names = "--from",
      paramLabel = "STEP",
      required = true,
      description = "name of the step that is done anew, with all that follows")
  private String step = "";

  @Option(
      names = "--occurrence",
      paramLabel = "N",
      description = "which of several such steps, from 1")
  private @Nullable Integer occurrence;

  @Option(names = "--branch", paramLabel = "PATH", description = "of that branch")
  private @Nullable String branch;

  @Option(
      names = "--keep-signals",
      description = "with the signals and payloads that came after that step")
  private boolean keepsSignals;

  @Option(
      names = "--operation",
      paramLabel = "ID",
      description = "what it is known by: done again under that id it leads to the same run")
  private @Nullable String operationId;

  /** The name of the step. */
  String step() {
    return step;
  }

  /** Which of that name, and with what. */
  CopyOptions options() {
    return new CopyOptions(operationId, branch, occurrence, keepsSignals);
  }
}
