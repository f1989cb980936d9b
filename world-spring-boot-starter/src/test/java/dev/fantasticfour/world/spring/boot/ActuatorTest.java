package dev.fantasticfour.world.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.spring.boot4.WorldHealthAutoConfiguration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.application.AvailabilityHealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What the Actuator says of a world. */
@Timeout(60)
class ActuatorTest {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  WorldAutoConfiguration.class,
                  WorldHealthAutoConfiguration.class,
                  WorldActuatorAutoConfiguration.class,
                  HealthContributorAutoConfiguration.class,
                  HealthContributorRegistryAutoConfiguration.class,
                  AvailabilityHealthContributorAutoConfiguration.class,
                  ApplicationAvailabilityAutoConfiguration.class,
                  AvailabilityProbesAutoConfiguration.class,
                  HealthEndpointAutoConfiguration.class))
          .withUserConfiguration(GreetingBeans.class)
          .withPropertyValues(
              "world.storage=memory",
              "world.queue=memory",
              "world.streamer=memory",
              "world.application=shop",
              "world.build-id=b7",
              "management.endpoint.health.probes.enabled=true",
              "management.endpoints.web.exposure.include=*");

  @Test
  void aWorldThatTakesRunsIsUpAndAPartOfReadinessAlone() {
    runner.run(
        context -> {
          HealthIndicator indicator =
              context.getBean("worldHealthIndicator", HealthIndicator.class);
          assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
          assertThat(indicator.health().getDetails()).containsEntry("state", "takes runs");
          HealthEndpointGroups groups = context.getBean(HealthEndpointGroups.class);
          assertThat(groups.get("readiness").isMember("world")).isTrue();
          assertThat(groups.get("readiness").isMember("readinessState")).isTrue();
          assertThat(groups.get("liveness").isMember("world")).isFalse();
          assertThat(groups.get("readiness").showDetails(SecurityContext.NONE)).isFalse();
        });
  }

  @Test
  void aWorldThatIsDrainedIsNotReady() {
    runner.run(
        context -> {
          context.getBean(dev.fantasticfour.world.api.World.class).drain();
          HealthIndicator indicator =
              context.getBean("worldHealthIndicator", HealthIndicator.class);
          assertThat(indicator.health().getStatus()).isEqualTo(Status.DOWN);
        });
  }

  @Test
  void aProcessThatOnlyStartsRunsIsUp() {
    runner
        .withPropertyValues("world.workers.enabled=false")
        .run(
            context -> {
              HealthIndicator indicator =
                  context.getBean("worldHealthIndicator", HealthIndicator.class);
              assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
              assertThat(indicator.health().getDetails())
                  .containsEntry("state", "starts runs only");
            });
  }

  @Test
  void itsHealthCanBeLeftOut() {
    runner
        .withPropertyValues("management.health.world.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean("worldHealthIndicator"));
  }

  @Test
  void theActuatorTellsWhichCodeItIsAndWhatItExecutes() {
    runner.run(
        context -> {
          Info.Builder info = new Info.Builder();
          context.getBean("worldInfoContributor", InfoContributor.class).contribute(info);
          assertThat((Map<?, ?>) info.build().get("world"))
              .isEqualTo(
                  Map.of(
                      "application", "shop",
                      "build", "b7",
                      "storage", "memory",
                      "workflows", java.util.List.of("greeting")));
          WorldOverview overview = (WorldOverview) context.getBean(WorldEndpoint.class).overview();
          assertThat(overview.ready()).isTrue();
          assertThat(overview.steps()).containsExactly("compose");
          assertThat(overview.troubles()).isEmpty();
        });
  }
}
