package dev.fantasticfour.world.cli.kit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What all adapters of this build kept, chapter by chapter, from the reports of the kit. */
final class ConformanceTable {

  /** Columns, and how the names of their reports begin. */
  private static final Map<String, String> COLUMNS = new LinkedHashMap<>();

  static {
    COLUMNS.put("memory", "Memory");
    COLUMNS.put("PostgreSQL", "Postgres");
    COLUMNS.put("Redis", "Redis");
    COLUMNS.put("PostgreSQL + Redis", "Hybrid");
  }

  /** Where reports lie, seen from the root of the project. */
  private static final List<String> MODULES =
      List.of("world-tck", "world-adapter-postgres", "world-adapter-redis", "world-cli");

  private static final List<String> KITS =
      List.of("StorageTck", "QueueTck", "StreamerTck", "WorldTck");

  private final List<JsonNode> reports = new ArrayList<>();

  private ConformanceTable() {}

  static ConformanceTable read(Path root) throws IOException {
    ConformanceTable table = new ConformanceTable();
    for (String module : MODULES) {
      Path directory = root.resolve(module).resolve("target/world-conformance");
      if (Files.isDirectory(directory)) {
        try (var files = Files.list(directory)) {
          for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
            JsonNode report = JsonMapper.builder().build().readTree(file.toFile());
            if (column(report).isPresent()) {
              table.reports.add(report);
            }
          }
        }
      }
    }
    return table;
  }

  /** The reports, by their names. */
  Map<String, Boolean> conformance() {
    return reports.stream()
        .collect(
            Collectors.toMap(
                report -> report.get("adapter").asText(),
                report -> report.get("conformant").asBoolean(),
                (a, b) -> a && b,
                TreeMap::new));
  }

  /** The table, and what was declined, in Markdown. Says nothing that differs from run to run. */
  String markdown() {
    StringBuilder text = new StringBuilder("| Kit | Chapter |");
    COLUMNS.keySet().forEach(column -> text.append(' ').append(column).append(" |"));
    text.append("\n|---|---|").append("---|".repeat(COLUMNS.size())).append('\n');
    for (String kit : KITS) {
      Map<String, Map<String, String>> chapters = new TreeMap<>();
      reports.stream()
          .filter(report -> report.get("kit").asText().equals(kit))
          .forEach(
              report ->
                  report
                      .get("chapters")
                      .forEach(
                          chapter ->
                              chapters
                                  .computeIfAbsent(
                                      chapter.get("chapter").asText(), c -> new TreeMap<>())
                                  .put(column(report).orElseThrow(), cell(chapter))));
      chapters.forEach(
          (chapter, cells) -> {
            text.append("| ").append(kit).append(" | ").append(chapter).append(" |");
            COLUMNS
                .keySet()
                .forEach(c -> text.append(' ').append(cells.getOrDefault(c, "")).append(" |"));
            text.append('\n');
          });
    }
    for (JsonNode report : reports) {
      List<String> declined = new ArrayList<>();
      report.get("declined").forEach(reason -> declined.add(reason.asText()));
      if (!declined.isEmpty()) {
        text.append("\n- ").append(report.get("adapter").asText());
        text.append(": ").append(String.join("; ", declined));
      }
    }
    return text.toString();
  }

  /** Adapters on servers that only some builds have are in no column. */
  private static Optional<String> column(JsonNode report) {
    String adapter = report.get("adapter").asText();
    return COLUMNS.entrySet().stream()
        .filter(column -> adapter.startsWith(column.getValue()))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static String cell(JsonNode chapter) {
    if (chapter.get("failed").asLong() > 0) {
      return "failed";
    }
    if (chapter.get("notRun").asLong() > 0) {
      return "not run";
    }
    if (chapter.get("passed").asLong() == 0) {
      return "declined";
    }
    return chapter.get("declined").asLong() > 0 ? "passed, in part declined" : "passed";
  }
}
