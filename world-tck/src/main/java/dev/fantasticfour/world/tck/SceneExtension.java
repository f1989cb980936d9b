package dev.fantasticfour.world.tck;

import dev.fantasticfour.world.core.port.Capability;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Gives each test of a kit its scene, judges the scene after the test, and puts the ids of the
 * rules before the message of a failure.
 *
 * @param <P> the port under test
 * @param <S> what a test works with
 */
abstract class SceneExtension<P extends AutoCloseable, S>
    implements ParameterResolver,
        BeforeEachCallback,
        AfterEachCallback,
        TestExecutionExceptionHandler {

  /** Under this name every test publishes what server it ran on. */
  private static final String SERVER = "world.server";

  /** And under this one what the adapter declines. */
  private static final String DECLINED = "world.declined";

  private static final Namespace NAMESPACE = Namespace.create(SceneExtension.class);

  /** What JUnit throws for a test that cannot be run; its class is of no library of ours. */
  private static final Class<?> ABORTED =
      Assertions.assertThrows(RuntimeException.class, Assumptions::abort).getClass();

  private final Class<? extends Kit<P>> kit;
  private final Class<S> scene;

  SceneExtension(Class<? extends Kit<P>> kit, Class<S> scene) {
    this.kit = kit;
    this.scene = scene;
  }

  /** Makes the scene of one test. */
  abstract S scene(Stage<P> stage);

  /** What the adapter declines. */
  abstract Set<Capability> declined(P port);

  /** Name and version of its server. */
  abstract String version(P port);

  /** Fails when the test left something behind that no test may leave. */
  abstract void judge(S played) throws Exception;

  /** Clears up after the test, whatever became of it. */
  void leave(S played) {}

  @Override
  public void beforeEach(ExtensionContext context) {
    P port = stage(context).main();
    context.publishReportEntry(SERVER, version(port));
    declined(port).forEach(what -> context.publishReportEntry(DECLINED, decline(what)));
    Requires requires = context.getRequiredTestMethod().getAnnotation(Requires.class);
    for (Capability needed : requires == null ? new Capability[0] : requires.value()) {
      if (declined(port).contains(needed)) {
        Assumptions.abort(decline(needed));
      }
    }
  }

  private static String decline(Capability what) {
    return "the adapter declines " + what;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == scene;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context.getStore(NAMESPACE).computeIfAbsent(scene, type -> scene(stage(context)), scene);
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    S played = context.getStore(NAMESPACE).get(scene, scene);
    if (played == null) {
      return;
    }
    leave(played);
    if (context.getExecutionException().isEmpty()) {
      judge(played);
    }
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    Rule rule = context.getRequiredTestMethod().getAnnotation(Rule.class);
    if (rule == null || ABORTED.isInstance(failure)) {
      throw failure;
    }
    throw new AssertionError(
        Arrays.toString(rule.value())
            + " "
            + sentence(context.getRequiredTestMethod().getName())
            + ": "
            + failure.getMessage(),
        failure);
  }

  /** What a test says, in words. */
  static String sentence(String name) {
    return name.replaceAll("(?<=.)([A-Z])", " $1").toLowerCase(Locale.ROOT);
  }

  /** One stage per test class, kept with the class that extends the kit. */
  private Stage<P> stage(ExtensionContext context) {
    Kit<P> tests = context.getRequiredTestInstances().findInstance(kit).orElseThrow();
    ExtensionContext outermost =
        Stream.iterate(context, at -> at.getParent().orElseThrow())
            .filter(at -> at.getTestClass().filter(tests.getClass()::equals).isPresent())
            .filter(at -> at.getTestMethod().isEmpty())
            .findFirst()
            .orElseThrow();
    @SuppressWarnings("unchecked")
    Stage<P> stage =
        (Stage<P>)
            outermost
                .getStore(NAMESPACE)
                .computeIfAbsent(kit, type -> new Stage<>(tests::harness), Stage.class);
    return stage;
  }
}
