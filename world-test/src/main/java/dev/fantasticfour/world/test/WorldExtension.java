package dev.fantasticfour.world.test;

import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** Gives tests their worlds, one each. */
public final class WorldExtension
    implements ParameterResolver, TestExecutionExceptionHandler, AfterEachCallback {

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
    return of(context, made);
  }

  /** The world of a test, in memory; made now if nobody has asked for it before. */
  public static TestWorld worldOf(ExtensionContext test) {
    return of(test, TestWorld::inMemory);
  }

  private static TestWorld of(ExtensionContext test, Supplier<TestWorld> made) {
    ExtensionContext.Store store = test.getStore(NAMESPACE);
    TestWorld known = store.get(TestWorld.class, TestWorld.class);
    if (known != null) {
      return known;
    }
    TestWorld world = made.get();
    store.put(TestWorld.class, world);
    return world;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    TestWorld world = context.getStore(NAMESPACE).get(TestWorld.class, TestWorld.class);
    if (world != null) {
      world.close();
    }
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
