package dev.fantasticfour.world.tck.report;

import dev.fantasticfour.world.tck.report.TestOutcome.Word;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A report for programs. */
final class ReportJson {

  private ReportJson() {}

  static String of(AdapterReport report) {
    return "{\n \"adapter\": %s,\n \"kit\": %s,\n \"servers\": [%s],\n \"conformant\": %s,\n"
            .formatted(
                text(report.adapter()),
                text(report.kit()),
                texts(report.servers()),
                report.isConformant())
        + " \"declined\": [%s],\n".formatted(texts(report.declined()))
        + " \"chapters\": [\n%s\n ],\n".formatted(chapters(report))
        + " \"rules\": [\n%s\n ]\n}\n".formatted(rules(report));
  }

  private static String chapters(AdapterReport report) {
    return report.chapters().entrySet().stream()
        .map(
            chapter ->
                "  {\"chapter\": %s, %s}"
                    .formatted(text(chapter.getKey()), counts(chapter.getValue())))
        .collect(Collectors.joining(",\n"));
  }

  private static String counts(List<TestOutcome> tests) {
    Map<Word, Long> counts = AdapterReport.counts(tests);
    return "\"passed\": %d, \"declined\": %d, \"failed\": %d, \"notRun\": %d, \"millis\": %d"
        .formatted(
            counts.get(Word.PASSED),
            counts.get(Word.DECLINED),
            counts.get(Word.FAILED),
            counts.get(Word.NOT_RUN),
            AdapterReport.millis(tests));
  }

  private static String rules(AdapterReport report) {
    return report.rules().entrySet().stream()
        .map(
            rule ->
                "  {\"rule\": %s, \"level\": %s, \"outcome\": %s, \"millis\": %d, \"tests\": [\n%s\n  ]}"
                    .formatted(
                        text(rule.getKey().id()),
                        text(rule.getKey().level().name()),
                        text(AdapterReport.worst(rule.getValue()).text()),
                        AdapterReport.millis(rule.getValue()),
                        tests(rule.getValue())))
        .collect(Collectors.joining(",\n"));
  }

  private static String tests(List<TestOutcome> tests) {
    return tests.stream()
        .map(
            test ->
                "   {\"test\": %s, \"outcome\": %s, \"millis\": %d, \"reason\": %s}"
                    .formatted(
                        text(test.test().toString()),
                        text(test.word().text()),
                        test.millis(),
                        text(test.reason())))
        .collect(Collectors.joining(",\n"));
  }

  private static String texts(Collection<String> texts) {
    return texts.stream().map(ReportJson::text).collect(Collectors.joining(", "));
  }

  /** A JSON string. */
  static String text(String text) {
    StringBuilder json = new StringBuilder("\"");
    text.chars()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                json.append('\\').append((char) c);
              } else if (c < ' ' || c > '~') {
                json.append("\\u%04x".formatted(c));
              } else {
                json.append((char) c);
              }
            });
    return json.append('"').toString();
  }
}
