package dev.fantasticfour.world.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.cli.Documents.Block;
import dev.fantasticfour.world.embedded.Services;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary.Failure;

/** What the documents show compiles, runs, and does what they say. */
@Timeout(120)
class DocumentsIT {

  @TempDir Path out;
  @TempDir Path beside;

  static List<Block> java() {
    return Documents.blocks("java");
  }

  static Stream<Block> programs() {
    return java().stream().filter(block -> block.text().contains("public static void main("));
  }

  static Stream<Block> tests() {
    return java().stream().filter(block -> block.text().contains("Test\n  void "));
  }

  @ParameterizedTest
  @MethodSource("java")
  void everyJavaBlockCompiles(Block block) throws IOException {
    compile(block);
  }

  @ParameterizedTest
  @MethodSource("tests")
  void everyTestPasses(Block block) throws Exception {
    compile(block);
    SummaryGeneratingListener heard = new SummaryGeneratingListener();
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {out.toUri().toURL()}, DocumentsIT.class.getClassLoader())) {
      // Alone: what reports on the tests of this build is to hear nothing of these.
      LauncherFactory.create(
              LauncherConfig.builder().enableTestExecutionListenerAutoRegistration(false).build())
          .execute(
              LauncherDiscoveryRequestBuilder.request()
                  .selectors(selectClass(loader.loadClass(block.className())))
                  .build(),
              heard);
    }
    assertThat(heard.getSummary().getFailures()).map(Failure::getException).isEmpty();
    assertThat(heard.getSummary().getTestsSucceededCount()).isPositive();
  }

  /** In a process of its own, as its reader runs it: without any server. */
  @ParameterizedTest
  @MethodSource("programs")
  void everyProgramRuns(Block block) throws Exception {
    compile(block);
    Path printed = out.resolve("printed");
    Path log = out.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                out + ":" + System.getProperty("java.class.path"),
                block.className())
            .redirectOutput(printed.toFile())
            .redirectError(log.toFile());
    for (String port : List.of("STORAGE", "QUEUE", "STREAMER")) {
      builder.environment().put("WORKFLOW_" + port, "memory");
    }
    Process process = builder.start();
    assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    assertThat(Files.readString(printed).lines().toList()).isEqualTo(expected(block));
  }

  /** What each program prints. A new one has to be added here. */
  private static List<String> expected(Block block) {
    return switch (block.className()) {
      case "Greeting" -> List.of("Hello, World!");
      case "Letters" -> List.of("dear Ada");
      case "Callers" ->
          List.of(
              "true",
              "that key belongs to another input",
              "0: packed for Ada",
              "not yet",
              "sent to Ada",
              "nobody waits for that any more",
              "java.lang.IllegalStateException: not approved");
      case "Shop" ->
          List.of(
              "paid with key " + "step_01J00000000000000000000000".length() + ", 1 pages",
              "not paid: nobody can be charged -1");
      case "Invoices" -> List.of("120 in FR");
      case "Meters" -> List.of("36", "true");
      case "Carts" -> List.of("300", "not taken: a price is positive, not -1", "500");
      case "Billing" ->
          List.of(
              "3 [5, 4, 7] 6, an invoice without a customer",
              "7 children, the last is a report",
              "report of May",
              "invoice failed, at depth 1");
      case "Trips" ->
          List.of(
              "a car? false",
              "told why",
              "cancelled: hotel in Bergen",
              "3 tickets, 2 seats, rain, perhaps, no car in Bergen");
      case "Importer" -> List.of("1000 lines");
      default -> throw new AssertionError("what does " + block + " print?");
    };
  }

  @Test
  void everySqlBlockRunsOnAMigratedDatabase() throws Exception {
    String url = Services.postgres().freshDatabase();
    Cli cli = new Cli(Map.of(WorldConfig.POSTGRES_URL, url));
    assertThat(cli.run("migrate", "--promote", "user_id:bigint").code()).isZero();
    try (Connection connection = connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute("create table users (id bigint primary key, email text)");
      for (Block block : Documents.blocks("sql")) {
        for (String query : block.text().split(";")) {
          if (!query.isBlank()) {
            assertThat(statement.execute(query)).as(query).isTrue();
          }
        }
      }
    }
  }

  @Test
  void theQueriesForOverdueRunsFindThoseThatNoWorkerEverTook() throws Exception {
    String url = Services.postgres().freshDatabase();
    Cli cli =
        new Cli(
            Map.of(WorldConfig.POSTGRES_URL, url, WorldConfig.REDIS_URL, Services.redis().url()));
    assertThat(cli.run("migrate").code()).isZero();
    String old = cli.run("runs", "start", "nobody knows it").out().strip();
    String fresh = cli.run("runs", "start", "nobody knows it").out().strip();
    try (Connection connection = connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "update workflow_custody set updated_at = updated_at - interval '1 hour'"
              + " where run_id = '"
              + old
              + "'");
      int queries = 0;
      for (Block block : Documents.blocks("sql")) {
        for (String query : block.text().split(";")) {
          if (query.contains("r.due_at <")) {
            queries++;
            String found = found(statement, query);
            assertThat(found).as(query).doesNotContain(fresh);
            assertThat(found).as(query).matches(old + "|1");
          }
        }
      }
      assertThat(queries).isEqualTo(2);
    }
  }

  @Test
  void everyVariableOfTheTableIsRead() throws IOException {
    String readme = Documents.read(Documents.ROOT.resolve("README.md"));
    Path config =
        Documents.ROOT.resolve("world-api/src/main/java/dev/fantasticfour/world/api/config");
    String source =
        Files.readString(config.resolve("WorldConfig.java"))
            + Files.readString(config.resolve("Variables.java"));
    Matcher variable = Pattern.compile("`((?:WORKFLOW|REDIS)_\\w+)`").matcher(readme);
    while (variable.find()) {
      assertThat(source).contains('"' + variable.group(1) + '"');
    }
  }

  /** With what the README and the page show beside it: a test is shown after what it tests. */
  private void compile(Block block) throws IOException {
    for (Block other : java()) {
      boolean isSeen =
          other.document().equals(block.document())
              || other.document().equals(Documents.ROOT.resolve("README.md"));
      if (isSeen && !other.className().equals(block.className())) {
        Files.writeString(beside.resolve(other.className() + ".java"), other.text());
      }
    }
    StringWriter problems = new StringWriter();
    boolean compiled =
        ToolProvider.getSystemJavaCompiler()
            .getTask(
                problems,
                null,
                null,
                List.of(
                    "-d",
                    out.toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    "-sourcepath",
                    beside.toString(),
                    "-proc:none"),
                null,
                List.of(source(block.className(), block.text())))
            .call();
    assertThat(compiled).as(problems.toString()).isTrue();
  }

  private static JavaFileObject source(String name, String text) {
    return new SimpleJavaFileObject(
        URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }

  /** The first column of the only row. */
  private static String found(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      assertThat(rows.next()).as(query).isTrue();
      String first = rows.getString(1);
      assertThat(rows.next()).as("more than one row: " + query).isFalse();
      return first;
    }
  }

  private static Connection connect(String url) throws SQLException {
    URI uri = URI.create(url);
    String[] user = uri.getUserInfo().split(":", 2);
    return DriverManager.getConnection(
        "jdbc:postgresql://" + uri.getHost() + ":" + uri.getPort() + uri.getPath(),
        user[0],
        user[1]);
  }
}
