package dev.fantasticfour.world.example.guice;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import com.google.inject.util.Modules;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GreetingModuleTest {

  @Test
  void theWorkflowIsInjectedAndRunsOnTheMemoryWorld() {
    GreetingModule module = new GreetingModule(WorldConfig.inMemory());
    try (World world = Guice.createInjector(module).getInstance(World.class)) {
      world.start();

      assertThat(world.client().start(GreetingWorkflow.TYPE, "Ada").result(Duration.ofSeconds(20)))
          .isEqualTo("Hello, Ada!");
    }
  }

  @Test
  void aTestMayGiveTheWorkflowOtherCollaborators() {
    var module =
        Modules.override(new GreetingModule(WorldConfig.inMemory()))
            .with(binder -> binder.bind(Greetings.class).toInstance(name -> "Moin " + name));
    try (World world = Guice.createInjector(module).getInstance(World.class)) {
      world.start();

      assertThat(world.client().start(GreetingWorkflow.TYPE, "Ada").result(Duration.ofSeconds(20)))
          .isEqualTo("Moin Ada!");
    }
  }
}
