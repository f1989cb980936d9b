package dev.fantasticfour.world.test;

import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** Gives tests their worlds, one each. */
public final class WorldExtension implements ParameterResolver, TestExecutionExceptionHandler {

  private static final Namespace NAMESPACE = Namespace.create(WorldExtension.class);

  private final Supplier<TestWorld> made;

  /** Made by JUnit: with a world in memory. */
  public WorldExtension() {
    this(TestWorld::inMemory);
  }

  WorldExtension(Supplier<TestWorld> made) {
    this.made = made;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestWorld.class;
  }

  @Override
  public TestWorld resolveParameter(ParameterContext parameter, ExtensionContext context) {
    // Whatever is in a store and can be closed JUnit closes when the test is over.
    return context
        .getStore(NAMESPACE)
        .computeIfAbsent(TestWorld.class, type -> made.get(), TestWorld.class);
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable thrown)
      throws Throwable {
    TestWorld world = context.getStore(NAMESPACE).get(TestWorld.class, TestWorld.class);
    if (world != null) {
      thrown.addSuppressed(new Unfinished(world.dump()));
    }
    throw thrown;
  }

  /** What runs were doing when a test failed. */
  private static final class Unfinished extends Exception {
    private static final long serialVersionUID = 1;

    Unfinished(String dump) {
      super("when the test failed:" + dump, null, false, false);
    }
  }
}
