package dev.fantasticfour.world.test;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Runs a test on every world that there is. */
public final class AllWorlds implements TestTemplateInvocationContextProvider {

  /** Made by JUnit. */
  public AllWorlds() {}

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return true;
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    return Stream.of(
        on("memory", TestWorld::inMemory),
        on("PostgreSQL", TestWorld::onPostgres),
        on("PostgreSQL and Redis", TestWorld::onPostgresAndRedis));
  }

  private static TestTemplateInvocationContext on(String name, Supplier<TestWorld> made) {
    return new TestTemplateInvocationContext() {
      @Override
      public String getDisplayName(int invocation) {
        return "on " + name;
      }

      @Override
      public List<Extension> getAdditionalExtensions() {
        return List.of(new WorldExtension(made));
      }
    };
  }
}
