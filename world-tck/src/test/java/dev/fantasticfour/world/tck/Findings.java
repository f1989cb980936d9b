package dev.fantasticfour.world.tck;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/**
 * What the kit says about a world.
 *
 * @param passed how many tests it has passed
 */
record Findings(long passed, List<Fault> faults) {

  private static final String ORACLE = "oracle";
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofSeconds(4);
  private static final Pattern ID = Pattern.compile("\\b(?:[A-Z]+-\\d+|L\\d+)(?=:)");

  /**
   * A test that has failed.
   *
   * @param rules those it stands for, or those that the oracle names after it
   */
  record Fault(String test, Set<String> rules, String message) {

    private static Fault of(Event failed) {
      Throwable thrown =
          failed.getRequiredPayload(TestExecutionResult.class).getThrowable().orElseThrow();
      String message = String.valueOf(thrown.getMessage());
      Method method = Findings.method(failed.getTestDescriptor()).orElseThrow();
      return new Fault(method.getName(), rules(method, message), message);
    }

    private static Set<String> rules(Method method, String message) {
      if (!message.contains("[" + ORACLE + "]")) {
        return Findings.rules(method);
      }
      Set<String> named = new TreeSet<>(Set.of(ORACLE));
      Matcher id = ID.matcher(message);
      while (id.find()) {
        named.add(id.group());
      }
      return named;
    }

    @Override
    public String toString() {
      return test + " " + rules + ": " + message.lines().limit(6).toList();
    }
  }

  /**
   * Runs the kit on a world: first what it must keep, with patience, then what it breaks, where
   * what does not come is not waited for long.
   *
   * @param opening a fresh world for each
   * @param broken the rules that are broken
   */
  static Findings of(Class<?> port, Supplier<? extends Harness<?>> opening, Set<String> broken) {
    Findings kept = run(port, opening, LONG, rules -> !isIn(broken, rules));
    Findings lost = run(port, opening, SHORT, rules -> isIn(broken, rules));
    return new Findings(
        kept.passed() + lost.passed(),
        Stream.concat(kept.faults().stream(), lost.faults().stream()).toList());
  }

  private static boolean isIn(Set<String> broken, Set<String> rules) {
    return rules.stream().anyMatch(broken::contains);
  }

  private static Findings run(
      Class<?> port,
      Supplier<? extends Harness<?>> opening,
      Duration patience,
      Predicate<Set<String>> rules) {
    Events tests =
        EngineTestKit.engine("junit-jupiter")
            .selectors(selectClass(WrongKits.over(port, opening, patience)))
            .filters(about(rules))
            .execute()
            .testEvents();
    return new Findings(tests.succeeded().count(), tests.failed().stream().map(Fault::of).toList());
  }

  private static PostDiscoveryFilter about(Predicate<Set<String>> rules) {
    return test ->
        FilterResult.includedIf(
            !test.isTest() || method(test).map(m -> rules.test(rules(m))).orElse(true));
  }

  private static Optional<Method> method(TestDescriptor test) {
    return test.getSource().map(MethodSource.class::cast).map(MethodSource::getJavaMethod);
  }

  private static Set<String> rules(Method method) {
    return Set.of(method.getAnnotation(Rule.class).value());
  }
}
