package dev.fantasticfour.world.example.spring;

import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.spring.WorldRegistrar;
import dev.fantasticfour.world.test.TestWorld;
import java.util.List;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** A world whose time is the test's, in the place of the application's. */
@TestConfiguration(proxyBeanMethods = false)
class TimeOfTheTest {

  @Bean(destroyMethod = "close")
  TestWorld testWorld(List<WorldRegistrar> registrars) {
    TestWorld world = TestWorld.inMemory();
    registrars.forEach(registrar -> registrar.accept(world));
    return world;
  }

  @Bean
  WorldClient worldClient(TestWorld world) {
    return world.client();
  }
}
