package dev.fantasticfour.world.tck.report;

import dev.fantasticfour.world.tck.Kit;
import dev.fantasticfour.world.tck.Rule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Writes {@code target/world-conformance/<test class>.md} for every class that extends a kit: each
 * rule, the tests that stand for it, and what became of them. Found by JUnit by itself.
 */
public final class ConformanceReport implements TestExecutionListener {

  /** The system property that says where the reports go. */
  static final String DIRECTORY = "world.tck.report";

  private final List<Outcome> outcomes = new CopyOnWriteArrayList<>();

  /** For JUnit, which finds it through its service loader. */
  public ConformanceReport() {}

  /** What became of a test. */
  private record Outcome(
      String adapter, String chapter, String test, List<String> rules, String word) {}

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    note(
        test,
        switch (result.getStatus()) {
          case SUCCESSFUL -> "passed";
          case ABORTED -> "declined";
          case FAILED -> "failed";
        });
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    note(test, "did not run");
  }

  private void note(TestIdentifier test, String word) {
    if (test.getSource().orElse(null) instanceof MethodSource source) {
      adapter(test.getUniqueIdObject())
          .ifPresent(
              adapter -> {
                Rule rule = source.getJavaMethod().getAnnotation(Rule.class);
                outcomes.add(
                    new Outcome(
                        adapter,
                        source.getJavaClass().getSimpleName(),
                        source.getMethodName(),
                        rule == null ? List.of() : List.of(rule.value()),
                        word));
              });
    }
  }

  /** The class that extends a kit, if the test belongs to one. */
  private static Optional<String> adapter(UniqueId id) {
    return id.getSegments().stream()
        .filter(segment -> segment.getType().equals("class"))
        .map(UniqueId.Segment::getValue)
        .filter(ConformanceReport::isKit)
        .findFirst();
  }

  private static boolean isKit(String className) {
    try {
      ClassLoader loader = Thread.currentThread().getContextClassLoader();
      return Kit.class.isAssignableFrom(Class.forName(className, false, loader));
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    outcomes.stream()
        .collect(Collectors.groupingBy(Outcome::adapter))
        .forEach(ConformanceReport::write);
    outcomes.clear();
  }

  private static void write(String adapter, List<Outcome> outcomes) {
    Path directory = Path.of(System.getProperty(DIRECTORY, "target/world-conformance"));
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve(adapter + ".md"), page(adapter, outcomes));
    } catch (IOException e) {
      throw new UncheckedIOException("the report of " + adapter + " cannot be written", e);
    }
  }

  private static String page(String adapter, List<Outcome> outcomes) {
    Map<String, Long> counts =
        outcomes.stream()
            .collect(Collectors.groupingBy(Outcome::word, TreeMap::new, Collectors.counting()));
    StringBuilder page = new StringBuilder("# " + adapter + "\n\n" + counts + "\n");
    Map<String, List<Outcome>> byRule = new TreeMap<>();
    for (Outcome outcome : outcomes) {
      for (String rule : outcome.rules()) {
        byRule.computeIfAbsent(rule, r -> new CopyOnWriteArrayList<>()).add(outcome);
      }
    }
    page.append("\n| rule | chapter | test | outcome |\n|---|---|---|---|\n");
    byRule.forEach(
        (rule, tests) ->
            tests.forEach(
                test ->
                    page.append(
                        "| %s | %s | %s | %s |%n"
                            .formatted(rule, test.chapter(), test.test(), test.word()))));
    return page.toString();
  }
}
