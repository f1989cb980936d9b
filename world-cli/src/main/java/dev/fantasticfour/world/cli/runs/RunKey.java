package dev.fantasticfour.world.cli.runs;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.core.port.Storage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A run named by its run key: the one that has it, or had it last, whether it has ended or not. */
public final class RunKey {

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "instead of the id: the run that has this run key, with --workflow")
  private @Nullable String key;

  @Option(names = "--workflow", paramLabel = "NAME", description = "workflow of that run key")
  private @Nullable String workflow;

  /** Whether anything of it was said. */
  public boolean isGiven() {
    return key != null || workflow != null;
  }

  /**
   * Whether a run is named in one of two ways.
   *
   * @param id the other way, or null
   */
  boolean isOneWith(@Nullable String id) {
    return id == null ? key != null && workflow != null : !isGiven();
  }

  /**
   * Where it need not be named at all.
   *
   * @param option by which its id may be named instead
   * @throws WorldException {@code INVALID_ARGUMENT} when it is named by half a key, or twice
   */
  public void checkBeside(String option, @Nullable String id) {
    if ((id != null || isGiven()) && !isOneWith(id)) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT,
          "name one run: by " + option + ", or by --key and --workflow together");
    }
  }

  /**
   * The run.
   *
   * @throws WorldException {@code RUN_NOT_FOUND}
   */
  public String of(WorldClient client) {
    return client
        .runByKey(
            WorkflowType.of(String.valueOf(workflow), Payload.class, Payload.class),
            String.valueOf(key))
        .id();
  }

  /** The run; throws as the other one. */
  RunId of(Storage storage) {
    return storage
        .runByKey(String.valueOf(workflow), String.valueOf(key))
        .orElseThrow(
            () ->
                new WorldException(
                    ErrorCode.RUN_NOT_FOUND,
                    "no run of workflow '" + workflow + "' has run key '" + key + "'"))
        .id();
  }
}
