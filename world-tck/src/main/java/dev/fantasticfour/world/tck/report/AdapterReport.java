package dev.fantasticfour.world.tck.report;

import dev.fantasticfour.world.tck.report.TestOutcome.Word;
import dev.fantasticfour.world.tck.spec.KitTest;
import dev.fantasticfour.world.tck.spec.SpecRule;
import dev.fantasticfour.world.tck.spec.Specification;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What an adapter kept: every test of its kit and every rule that they stand for, whether they were
 * run or not.
 *
 * @param adapter short name of the class that extends the kit
 * @param kit the kit it extends
 * @param declined what it, or its surroundings, declined by name
 * @param servers names and versions of the servers it ran on
 */
record AdapterReport(
    String adapter,
    String kit,
    List<String> servers,
    List<String> declined,
    List<TestOutcome> tests) {

  /** The report of a class that extends a kit, of which those tests were seen. */
  static AdapterReport of(
      Class<?> adapter,
      Collection<String> servers,
      Collection<String> declined,
      List<TestOutcome> seen) {
    Map<String, TestOutcome> outcomes = new TreeMap<>();
    for (KitTest test : KitTest.of(adapter)) {
      outcomes.put(key(test), TestOutcome.notRun(test));
    }
    seen.forEach(outcome -> outcomes.put(key(outcome.test()), outcome));
    TreeSet<String> reasons = new TreeSet<>(declined);
    seen.stream()
        .filter(outcome -> outcome.word() == Word.DECLINED)
        .forEach(outcome -> reasons.add(outcome.reason()));
    return new AdapterReport(
        adapter.getSimpleName().replaceFirst("Tck(Test|IT)?$", ""),
        adapter.getSuperclass().getSimpleName(),
        List.copyOf(new TreeSet<>(servers)),
        List.copyOf(reasons),
        List.copyOf(outcomes.values()));
  }

  private static String key(KitTest test) {
    return test.tag() + " " + test;
  }

  /** Whether every test was run or declined by name, and none failed. */
  boolean isConformant() {
    return tests.stream().allMatch(t -> t.word() == Word.PASSED || t.word() == Word.DECLINED);
  }

  /** Tests by tag of their chapter. */
  Map<String, List<TestOutcome>> chapters() {
    return tests.stream()
        .collect(
            Collectors.groupingBy(t -> t.test().tag(), LinkedHashMap::new, Collectors.toList()));
  }

  /** The rules that the tests of this kit stand for, in the order of the specification. */
  Map<SpecRule, List<TestOutcome>> rules() {
    Map<SpecRule, List<TestOutcome>> rules = new LinkedHashMap<>();
    for (SpecRule rule : Specification.read().rules()) {
      List<TestOutcome> about =
          tests.stream().filter(t -> t.test().rules().contains(rule.id())).toList();
      if (!about.isEmpty()) {
        rules.put(rule, about);
      }
    }
    return rules;
  }

  /** The worst of several outcomes. */
  static Word worst(List<TestOutcome> outcomes) {
    return outcomes.stream().map(TestOutcome::word).min(Comparator.naturalOrder()).orElseThrow();
  }

  /** How many there are of each outcome. */
  static Map<Word, Long> counts(List<TestOutcome> outcomes) {
    Map<Word, Long> counts =
        outcomes.stream()
            .map(TestOutcome::word)
            .collect(
                Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    List.of(Word.values()).forEach(word -> counts.putIfAbsent(word, 0L));
    return counts;
  }

  /** How long they took together. */
  static long millis(List<TestOutcome> outcomes) {
    return outcomes.stream().mapToLong(TestOutcome::millis).sum();
  }

  /** Tests that did not pass, worst first. */
  List<TestOutcome> others() {
    List<TestOutcome> others = new ArrayList<>(tests);
    others.removeIf(t -> t.word() == Word.PASSED);
    others.sort(Comparator.comparing(TestOutcome::word));
    return others;
  }
}
