package dev.fantasticfour.world.test.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.spring.WorldRegistrar;
import dev.fantasticfour.world.test.TestWorld;
import dev.fantasticfour.world.test.WorldTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/** Worlds of tests in a Spring context without Spring Boot. */
@SpringJUnitConfig(UseTestWorldTest.Beans.class)
@UseTestWorld
class UseTestWorldTest {

  private static final WorkflowType<String, String> LATER =
      WorkflowType.of("later", String.class, String.class);

  /** A bean that uses the client, and is used by what is registered. */
  record Desk(WorldClient client, List<String> said) {

    String ask(String name) {
      return client.start(LATER, name).id();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Beans {

    @Bean
    Desk desk(WorldClient client) {
      return new Desk(client, new ArrayList<>());
    }

    @Bean
    WorldRegistrar later(Desk desk) {
      return w ->
          w.register(
              LATER,
              (ctx, name) -> {
                ctx.sleep(Duration.ofDays(30));
                return ctx.step("say", String.class, step -> "Hello, " + name);
              });
    }
  }

  @Autowired private Desk desk;

  @WorldTest
  void beansTalkToTheWorldWhoseTimeIsTheTests(TestWorld world) {
    Instant begin = world.now();
    String run = desk.ask("Ada");
    world.advance(Duration.ofDays(30));
    assertThat(world.client().run(LATER, run).result(Duration.ZERO)).isEqualTo("Hello, Ada");
    assertThat(Duration.between(begin, world.now())).isGreaterThanOrEqualTo(Duration.ofDays(30));
    assertThat(desk.client().streams(run)).isEmpty();
  }

  @Test
  void aTestNeedNotAskForItsWorld() {
    assertThat(desk.client().run(desk.ask("Eve")).view().run().workflow()).isEqualTo("later");
  }

  @Test
  void noBeanUsesAWorldBeforeThereIsOne() {
    WorldClient early = new ClientOfTheTest();
    assertThatThrownBy(() -> early.start(LATER, "Ada"))
        .hasMessageStartingWith("the client of a world was called while no test was running");
  }
}
