package dev.fantasticfour.world.core.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Registrations;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.RetryPolicy;
import dev.fantasticfour.world.api.workflow.StepOptions;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.core.rules.LogGrammar;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;

/** A world in memory for one test, and the oracle over every run of it afterwards. */
abstract class Worlds {

  static final Duration SOON = Duration.ofSeconds(20);
  static final WorkflowType<String, String> TYPE =
      WorkflowType.of("workflow", String.class, String.class);
  static final HookType<String> HOOK = HookType.of("hook", String.class);

  /** Two attempts, a moment apart. */
  static final StepOptions TWICE =
      StepOptions.DEFAULT.retry(
          new RetryPolicy(2, Duration.ofMillis(1), 1, Duration.ofMillis(1), 0));

  private World world = World.create(WorldConfig.inMemory(), w -> {});

  /** Starts a world that knows this workflow under {@link #TYPE}. */
  WorldClient with(Workflow<String, String> workflow) {
    return with(workflow, w -> {});
  }

  /** Starts a world that knows this workflow and more. */
  WorldClient with(Workflow<String, String> workflow, Consumer<Registrations> more) {
    return with(WorldConfig.inMemory(), workflow, more);
  }

  WorldClient with(
      WorldConfig config, Workflow<String, String> workflow, Consumer<Registrations> more) {
    world.close();
    world =
        World.create(
            config,
            w -> {
              w.register(TYPE, workflow);
              more.accept(w);
            });
    world.start();
    return world.client();
  }

  /** The client of the world that was started last. */
  WorldClient client() {
    return world.client();
  }

  /** The words of the log of a run. */
  List<String> log(Run<?> run) {
    return world
        .client()
        .events(run.id(), PageRequest.oldestFirst().withLimit(1000))
        .items()
        .stream()
        .map(e -> e.type().word())
        .toList();
  }

  @AfterEach
  void everyLogIsLegal() {
    WorldClient client = world.client();
    client
        .runs(
            dev.fantasticfour.world.api.run.RunFilter.ALL,
            PageRequest.newestFirst().withLimit(1000))
        .items()
        .forEach(
            run ->
                assertThat(
                        LogGrammar.faults(
                            client
                                .events(run.id().value(), PageRequest.oldestFirst().withLimit(1000))
                                .items()))
                    .isEmpty());
    world.close(Duration.ofSeconds(2));
  }
}
