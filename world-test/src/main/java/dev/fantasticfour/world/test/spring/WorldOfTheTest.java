package dev.fantasticfour.world.test.spring;

import dev.fantasticfour.world.spring.WorldRegistrar;
import dev.fantasticfour.world.test.TestWorld;
import dev.fantasticfour.world.test.WorldExtension;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/** Fits the world of a test out with what the context registers, and hands its client to beans. */
final class WorldOfTheTest implements BeforeEachCallback, AfterEachCallback {

  /** Made by JUnit. */
  WorldOfTheTest() {}

  @Override
  public void beforeEach(ExtensionContext test) {
    ApplicationContext context = SpringExtension.getApplicationContext(test);
    TestWorld world = WorldExtension.worldOf(test);
    context
        .getBeanProvider(WorldRegistrar.class)
        .orderedStream()
        .forEach(registrar -> registrar.accept(world));
    context.getBean(ClientOfTheTest.class).beOf(world);
  }

  @Override
  public void afterEach(ExtensionContext test) {
    SpringExtension.getApplicationContext(test).getBean(ClientOfTheTest.class).beOf(null);
  }
}
