package dev.fantasticfour.world.tck.report;

import dev.fantasticfour.world.tck.Kit;
import dev.fantasticfour.world.tck.report.TestOutcome.Word;
import dev.fantasticfour.world.tck.spec.KitTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Writes {@code target/world-conformance/<adapter>.json} and {@code .md} for every class that
 * extends a kit: each rule and chapter, and what became of their tests. Found by JUnit by itself.
 *
 * <p>A test of the kit that was neither run nor declined by name stands in it as not run, and the
 * adapter as not conformant.
 */
public final class ConformanceReport implements TestExecutionListener {

  /** The system property that says where the reports go. */
  static final String DIRECTORY = "world.tck.report";

  private final Map<Class<?>, List<TestOutcome>> outcomes = new ConcurrentHashMap<>();
  private final Map<Class<?>, Set<String>> servers = new ConcurrentHashMap<>();
  private final Map<Class<?>, Set<String>> declined = new ConcurrentHashMap<>();
  private final Map<String, Long> begun = new ConcurrentHashMap<>();

  /** For JUnit, which finds it through its service loader. */
  public ConformanceReport() {}

  @Override
  public void executionStarted(TestIdentifier test) {
    begun.put(test.getUniqueId(), System.nanoTime());
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    String said = result.getThrowable().map(Throwable::getMessage).orElse("");
    Word word =
        switch (result.getStatus()) {
          case SUCCESSFUL -> Word.PASSED;
          case FAILED -> Word.FAILED;
          case ABORTED -> said.contains(" declines ") ? Word.DECLINED : Word.NOT_RUN;
        };
    note(test, word, said);
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    note(test, Word.NOT_RUN, reason);
  }

  @Override
  public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
    entry
        .getKeyValuePairs()
        .forEach(
            (key, value) -> {
              switch (key) {
                case "world.server" -> publish(test, servers, value);
                case "world.declined" -> publish(test, declined, value);
                default -> {}
              }
            });
  }

  private static void publish(
      TestIdentifier test, Map<Class<?>, Set<String>> published, String value) {
    adapter(test)
        .ifPresent(
            adapter ->
                published.computeIfAbsent(adapter, a -> ConcurrentHashMap.newKeySet()).add(value));
  }

  private void note(TestIdentifier test, Word word, String reason) {
    if (test.getSource().orElse(null) instanceof MethodSource source) {
      long nanos = System.nanoTime() - begun.getOrDefault(test.getUniqueId(), System.nanoTime());
      KitTest of = KitTest.of(source.getJavaMethod(), KitTest.tag(source.getJavaClass()));
      adapter(test)
          .ifPresent(
              adapter ->
                  outcomes
                      .computeIfAbsent(adapter, a -> new CopyOnWriteArrayList<>())
                      .add(
                          new TestOutcome(of, word, reason, TimeUnit.NANOSECONDS.toMillis(nanos))));
    }
  }

  /** The class that extends a kit, if the test belongs to one. */
  private static Optional<Class<?>> adapter(TestIdentifier test) {
    return test.getUniqueIdObject().getSegments().stream()
        .filter(segment -> segment.getType().equals("class"))
        .flatMap(segment -> kit(segment.getValue()).stream())
        .findFirst();
  }

  private static Optional<Class<?>> kit(String name) {
    try {
      ClassLoader loader = Thread.currentThread().getContextClassLoader();
      Class<?> type = Class.forName(name, false, loader);
      return Kit.class.isAssignableFrom(type) ? Optional.of(type) : Optional.empty();
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    }
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    outcomes.forEach(
        (adapter, tests) ->
            write(
                AdapterReport.of(
                    adapter,
                    servers.getOrDefault(adapter, Set.of()),
                    declined.getOrDefault(adapter, Set.of()),
                    tests)));
    outcomes.clear();
    servers.clear();
    declined.clear();
    begun.clear();
  }

  private static void write(AdapterReport report) {
    Path directory = Path.of(System.getProperty(DIRECTORY, "target/world-conformance"));
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve(report.adapter() + ".md"), ReportPage.of(report));
      Files.writeString(directory.resolve(report.adapter() + ".json"), ReportJson.of(report));
    } catch (IOException e) {
      throw new UncheckedIOException("the report of " + report.adapter() + " cannot be written", e);
    }
  }
}
