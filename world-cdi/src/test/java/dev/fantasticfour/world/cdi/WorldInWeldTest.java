package dev.fantasticfour.world.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Worlds as beans of Weld, the reference implementation, in a process of Java SE. */
@Timeout(60)
class WorldInWeldTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final WorkflowType<String, String> GREETING =
      WorkflowType.of("greeting", String.class, String.class);
  private static final StepType<String, String> COMPOSE =
      StepType.of("compose", String.class, String.class);

  private static WorldConfig memory() {
    return WorldConfig.defaults().withStorage("memory").withQueue("memory").withStreamer("memory");
  }

  @ApplicationScoped
  static class InMemory {
    @Produces
    WorldConfig config() {
      return memory();
    }
  }

  @ApplicationScoped
  static class SecondConfig {
    @Produces
    WorldConfig another() {
      return memory();
    }
  }

  @ApplicationScoped
  static class WithoutWorkers {
    @Produces
    WorldConfig config() {
      return memory().withSettings(java.util.Map.of("WORKFLOW_WORKERS_ENABLED", "false"));
    }
  }

  /** An ordinary bean that starts runs. */
  @ApplicationScoped
  static class Desk {
    private final WorldClient client;

    Desk() {
      this(null);
    }

    @Inject
    Desk(WorldClient client) {
      this.client = client;
    }

    String greeted(String name) {
      return client.start(GREETING, name).result(LONG);
    }
  }

  @ApplicationScoped
  static class Greetings {

    /** Of a bean that needs the client itself. */
    @Produces
    WorldRegistrar greetings(Desk desk) {
      return w ->
          w.register(GREETING, (ctx, name) -> ctx.step(COMPOSE, name))
              .register(COMPOSE, (step, name) -> "Hello, " + name);
    }
  }

  @ApplicationScoped
  static class SameStepAgain {
    @Produces
    WorldRegistrar again() {
      return w -> w.register(COMPOSE, (step, name) -> "Bye, " + name);
    }
  }

  private static SeContainer started(Class<?>... beans) {
    return SeContainerInitializer.newInstance().addBeanClasses(beans).initialize();
  }

  @Test
  void aWorkflowRunsFromTheStartOfTheContainerToItsEnd() {
    World world;
    try (SeContainer container = started(InMemory.class, Greetings.class, Desk.class)) {
      world = container.select(World.class).get();
      assertThat(container.select(Desk.class).get().greeted("Ada")).isEqualTo("Hello, Ada");
      assertThat(world.health().ready()).isTrue();
    }
    assertThat(world.health().started()).isFalse();
    assertThatThrownBy(() -> world.client().start(GREETING, "Eve")).hasMessageContaining("closed");
  }

  @Test
  void readinessIsAskedOfTheWorld() {
    try (SeContainer container = started(InMemory.class, Greetings.class, Desk.class)) {
      HealthCheck check = container.select(HealthCheck.class, Readiness.Literal.INSTANCE).get();
      HealthCheckResponse up = check.call();
      assertThat(up.getStatus()).isEqualTo(Status.UP);
      assertThat(up.getData().orElseThrow()).containsEntry("state", "takes runs");

      container.select(World.class).get().drain();

      assertThat(check.call().getStatus()).isEqualTo(Status.DOWN);
    }
  }

  @Test
  void aProcessThatRegistersNothingStartsRunsOnly() {
    try (SeContainer container = started(InMemory.class)) {
      World world = container.select(World.class).get();
      assertThat(world.health().started()).isFalse();
      assertThat(world.client().start(GREETING, "Ada").view().run().status())
          .isEqualTo(RunStatus.PENDING);
      assertThat(
              container
                  .select(HealthCheck.class, Readiness.Literal.INSTANCE)
                  .get()
                  .call()
                  .getStatus())
          .isEqualTo(Status.UP);
    }
  }

  @Test
  void aProcessThatIsToldSoExecutesNothing() {
    try (SeContainer container = started(WithoutWorkers.class, Greetings.class, Desk.class)) {
      assertThat(container.select(World.class).get().health().started()).isFalse();
    }
  }

  @Test
  void twoRegistrarsOfTheSameStepFailTheStartAndTheStepIsNamed() {
    assertThatThrownBy(
            () -> started(InMemory.class, Greetings.class, SameStepAgain.class, Desk.class))
        .hasStackTraceContaining("the registrar of " + WorldInWeldTest.class.getName())
        .hasStackTraceContaining("compose");
  }

  @Test
  void twoConfigurationsFailTheStart() {
    assertThatThrownBy(() -> started(InMemory.class, SecondConfig.class))
        .hasStackTraceContaining("there are several beans of WorldConfig");
  }
}
