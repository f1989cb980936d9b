package dev.fantasticfour.world.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.spring.SpringWorld;
import dev.fantasticfour.world.spring.WorldConfigCustomizer;
import dev.fantasticfour.world.spring.WorldDataSource;
import dev.fantasticfour.world.spring.WorldRegistrar;
import dev.fantasticfour.world.spring.WorldWorkers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** Worlds that are made of beans and properties, without any server. */
@Timeout(60)
class WorldAutoConfigurationTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  private final ApplicationContextRunner bare =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(WorldAutoConfiguration.class));

  private final ApplicationContextRunner memory =
      bare.withPropertyValues(
          "world.storage=memory", "world.queue=memory", "world.streamer=memory");

  private static String greeted(AssertableApplicationContext context) {
    return String.valueOf(
        context.getBean(WorldClient.class).start(Greeting.TYPE, "Ada").result(LONG));
  }

  private static FailureAnalysis analysis(AssertableApplicationContext context) {
    return Analyses.of(context.getStartupFailure());
  }

  @Test
  void aRegistrarIsAllThatAnApplicationDeclares() {
    AtomicReference<World> world = new AtomicReference<>();
    memory
        .withUserConfiguration(GreetingBeans.class)
        .run(
            context -> {
              assertThat(greeted(context)).isEqualTo("Hello, Ada");
              world.set(context.getBean(World.class));
              assertThat(world.get().health().ready()).isTrue();
            });
    assertThat(world.get().health().started()).isFalse();
  }

  @Test
  void workersRunAlsoWhereBeansAreMadeWhenTheyAreNeeded() {
    memory
        .withUserConfiguration(GreetingBeans.class)
        .withInitializer(
            context ->
                context.addBeanFactoryPostProcessor(
                    new LazyInitializationBeanFactoryPostProcessor()))
        .run(context -> assertThat(greeted(context)).isEqualTo("Hello, Ada"));
  }

  @Test
  void aContextThatIsStartedAgainHasAClientAndNoWorkers() {
    memory
        .withUserConfiguration(GreetingBeans.class)
        .run(
            context -> {
              ConfigurableApplicationContext whole =
                  context.getSourceApplicationContext(ConfigurableApplicationContext.class);
              whole.stop();
              whole.start();

              assertThat(context.getBean(World.class).health().started()).isFalse();
              WorldClient client = context.getBean(WorldClient.class);
              assertThat(client.start(Greeting.TYPE, "Ada").view().run().status())
                  .isEqualTo(RunStatus.PENDING);
            });
  }

  @Configuration(proxyBeanMethods = false)
  static class NeedsTheClient {

    static final WorkflowType<String, String> TYPE =
        WorkflowType.of("outer", String.class, String.class);

    record Desk(WorldClient client) {}

    @Bean
    Desk desk(WorldClient client) {
      return new Desk(client);
    }

    @Bean
    WorldRegistrar outer(Desk desk) {
      return w ->
          w.register(
              TYPE,
              (ctx, name) ->
                  ctx.step(
                      "ask",
                      String.class,
                      step -> desk.client().start(Greeting.TYPE, name).result(LONG)));
    }
  }

  @Test
  void whatIsRegisteredMayNeedTheClient() {
    memory
        .withUserConfiguration(GreetingBeans.class, NeedsTheClient.class)
        .run(
            context -> {
              WorldClient client = context.getBean(WorldClient.class);
              assertThat(client.start(NeedsTheClient.TYPE, "Eve").result(LONG))
                  .isEqualTo("Hello, Eve");
              assertThat(context.getBean(WorldWorkers.class).workflows())
                  .containsExactly("greeting", "outer");
            });
  }

  @Configuration(proxyBeanMethods = false)
  static class GreetsToo {

    @Bean
    WorldRegistrar alsoGreetings() {
      return w -> w.register(Greeting.COMPOSE, (step, name) -> name);
    }
  }

  @Test
  void twoBeansThatRegisterTheSameStepAreBothNamed() {
    memory
        .withUserConfiguration(GreetingBeans.class, GreetsToo.class)
        .run(
            context ->
                assertThat(analysis(context).getDescription())
                    .contains("step 'compose'", "'greetings'", "'alsoGreetings'"));
  }

  @Test
  void workersWithoutAnythingToExecuteAreRefused() {
    memory.run(
        context -> {
          assertThat(analysis(context).getDescription()).contains("no bean of WorldRegistrar");
          assertThat(analysis(context).getAction()).contains("world.workers.enabled=false");
        });
  }

  @Test
  void aProcessThatOnlyStartsRunsNeedsNoRegistrarAndHasNoWorker() {
    memory
        .withPropertyValues("world.workers.enabled=false")
        .run(
            context -> {
              assertThat(context.getBean(World.class).health().started()).isFalse();
              WorldClient client = context.getBean(WorldClient.class);
              assertThat(client.start(Greeting.TYPE, "Ada").view().run().status())
                  .isEqualTo(RunStatus.PENDING);
            });
  }

  @Test
  void thereIsNoWorldWhereItIsSwitchedOffOrThereIsOneAlready() {
    memory
        .withPropertyValues("world.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean(World.class));
    try (World own = World.create(WorldConfig.inMemory(), w -> {})) {
      memory
          .withBean(WorldClient.class, own::client)
          .run(context -> assertThat(context).doesNotHaveBean(SpringWorld.class));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class TwoPools {

    @Bean
    DataSource orders() {
      return new LentPool("jdbc:postgresql://localhost:1/orders");
    }

    @Bean
    DataSource customers() {
      return new LentPool("jdbc:postgresql://localhost:1/customers");
    }
  }

  @Test
  void ofSeveralPoolsTheOneThatIsMeantHasToBeMarked() {
    bare.withUserConfiguration(GreetingBeans.class, TwoPools.class)
        .withPropertyValues("spring.datasource.url=jdbc:postgresql://localhost:1/other")
        .run(
            context -> {
              assertThat(analysis(context).getDescription()).contains("customers", "orders");
              assertThat(analysis(context).getAction()).contains("@WorldDataSource");
            });
  }

  @Test
  void whereNothingSaysWhereAServerIsThePropertiesAreNamed() {
    bare.withUserConfiguration(GreetingBeans.class)
        .run(
            context ->
                assertThat(analysis(context).getAction())
                    .contains("spring.datasource.url", "world.postgres.url", "@WorldDataSource"));
    bare.withUserConfiguration(GreetingBeans.class)
        .withPropertyValues("world.storage=memory")
        .run(
            context ->
                assertThat(analysis(context).getAction())
                    .contains("spring.data.redis.url", "world.redis.url"));
  }

  @Test
  void aDatabaseOfAnotherKindIsRefusedByThePropertyThatNamesIt() {
    bare.withUserConfiguration(GreetingBeans.class)
        .withPropertyValues("spring.datasource.url=jdbc:h2:mem:secret;PASSWORD=hidden")
        .run(
            context ->
                assertThat(analysis(context).getDescription())
                    .contains("spring.datasource.url", "postgresql://")
                    .doesNotContain("hidden", "WORKFLOW_"));
  }

  @Test
  void aServerThatDoesNotAnswerIsOneReadableReason() {
    bare.withUserConfiguration(GreetingBeans.class)
        .withPropertyValues(
            "spring.datasource.url=jdbc:postgresql://127.0.0.1:1/orders",
            "spring.datasource.username=ada",
            "spring.datasource.password=se&c?ret",
            "world.queue=memory",
            "world.streamer=memory")
        .run(
            context -> {
              assertThat(analysis(context).getDescription())
                  .contains("spring.datasource.url (127.0.0.1:1)")
                  .doesNotContain("se&c", "WORKFLOW_");
              assertThat(analysis(context).getAction()).contains("world.startup=retry");
            });
  }

  @Test
  void aValueThatCannotBeIsRefusedByItsProperty() {
    memory
        .withUserConfiguration(GreetingBeans.class)
        .withPropertyValues("world.postgres.pool-size=2")
        .run(
            context ->
                assertThat(analysis(context).getDescription())
                    .contains("world.postgres.pool-size", "at least 4"));
  }

  @Configuration(proxyBeanMethods = false)
  static class Customizers {

    @Bean
    @Order(2)
    WorldConfigCustomizer second() {
      return config -> config.withApplication(config.application() + "-second");
    }

    @Bean
    @Order(1)
    WorldConfigCustomizer first() {
      return config -> config.withApplication(config.application() + "-first");
    }
  }

  @Test
  void customizersChangeWhatThePropertiesSayInTheirOrder() {
    memory
        .withUserConfiguration(GreetingBeans.class, Customizers.class)
        .withPropertyValues(
            "spring.application.name=shop",
            "world.build-id=b7",
            "world.workers.lease=4s",
            "world.settings.WORKFLOW_H2_URL=jdbc:h2:mem:x")
        .run(
            context -> {
              WorldConfig config = context.getBean(WorldConfig.class);
              assertThat(config.application()).isEqualTo("shop-first-second");
              assertThat(config.buildId()).isEqualTo("b7");
              assertThat(config.lease()).isEqualTo(Duration.ofSeconds(4));
              assertThat(config.settings()).containsEntry("WORKFLOW_H2_URL", "jdbc:h2:mem:x");
              assertThat(config.migrateOnStart()).isFalse();
            });
  }

  @Configuration(proxyBeanMethods = false)
  static class MarkedPool {

    @Bean(defaultCandidate = false)
    @WorldDataSource
    DataSource worlds() {
      return new LentPool("jdbc:postgresql://127.0.0.1:1/worlds");
    }

    @Bean
    String others(ObjectProvider<DataSource> any) {
      return any.stream().toList().toString();
    }
  }

  @Test
  void aMarkedPoolCanBeOutOfTheWayOfOthersAndIsNotTouchedInMemory() {
    memory
        .withUserConfiguration(GreetingBeans.class, MarkedPool.class)
        .run(
            context -> {
              assertThat(greeted(context)).isEqualTo("Hello, Ada");
              assertThat(context.getBean("others")).isEqualTo("[]");
            });
  }
}
