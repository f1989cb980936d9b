package dev.fantasticfour.world.tck.report;

import dev.fantasticfour.world.tck.report.TestOutcome.Word;
import java.util.Map;
import java.util.stream.Collectors;

/** A report for people, in Markdown. */
final class ReportPage {

  private ReportPage() {}

  static String of(AdapterReport report) {
    StringBuilder page = new StringBuilder();
    page.append("# %s: %s%n%n".formatted(report.adapter(), verdict(report)));
    page.append("%s on %s%n".formatted(report.kit(), String.join(", ", report.servers())));
    report.declined().forEach(reason -> page.append("%n- %s%n".formatted(reason)));
    page.append(
        "%n## Chapters%n%n| Chapter | passed | declined | failed | not run | ms |%n".formatted());
    page.append("|---|---|---|---|---|---|\n");
    report
        .chapters()
        .forEach(
            (chapter, tests) -> {
              Map<Word, Long> counts = AdapterReport.counts(tests);
              page.append(
                  "| %s | %d | %d | %d | %d | %d |%n"
                      .formatted(
                          chapter,
                          counts.get(Word.PASSED),
                          counts.get(Word.DECLINED),
                          counts.get(Word.FAILED),
                          counts.get(Word.NOT_RUN),
                          AdapterReport.millis(tests)));
            });
    page.append("%n## Rules%n%n| Rule | Level | Outcome | Tests | ms |%n".formatted());
    page.append("|---|---|---|---|---|\n");
    report
        .rules()
        .forEach(
            (rule, tests) ->
                page.append(
                    "| %s | %s | %s | %s | %d |%n"
                        .formatted(
                            rule.id(),
                            rule.level(),
                            outcome(AdapterReport.counts(tests)),
                            tests.size(),
                            AdapterReport.millis(tests))));
    if (!report.others().isEmpty()) {
      page.append("%n## What did not pass%n%n| Test | Outcome | Reason |%n".formatted());
      page.append("|---|---|---|\n");
      for (TestOutcome other : report.others()) {
        page.append(
            "| %s | %s | %s |%n"
                .formatted(other.test(), other.word().text(), line(other.reason())));
      }
    }
    return page.toString();
  }

  private static String verdict(AdapterReport report) {
    return report.isConformant() ? "conformant" : "NOT conformant";
  }

  private static String outcome(Map<Word, Long> counts) {
    return counts.entrySet().stream()
        .filter(count -> count.getValue() > 0)
        .map(count -> count.getKey().text())
        .collect(Collectors.joining(", "));
  }

  /** The first line of a text, as a cell takes it. */
  private static String line(String text) {
    return text.lines().findFirst().orElse("").replace("|", "\\|");
  }
}
