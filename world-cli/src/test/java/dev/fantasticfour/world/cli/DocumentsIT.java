package dev.fantasticfour.world.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.embedded.Services;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents show must compile, run, or at least be understood. */
class DocumentsIT {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern BLOCK = Pattern.compile("```(\\w+)\\R(.*?)```", Pattern.DOTALL);
  private static final Pattern CLASS =
      Pattern.compile("(?m)^(?:public )?(?:final|abstract) class (\\w+)");

  /** One fenced block of a document. */
  record Block(Path document, String language, String text) {
    @Override
    public String toString() {
      return ROOT.relativize(document) + ": " + text.lines().findFirst().orElse("");
    }
  }

  static List<Block> java() throws IOException {
    return blocks("java");
  }

  @ParameterizedTest
  @MethodSource("java")
  void everyJavaBlockCompiles(Block block, @TempDir Path out) {
    Matcher name = CLASS.matcher(block.text());
    assertThat(name.find()).as("a block is a whole class").isTrue();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter problems = new StringWriter();

    boolean compiled =
        compiler
            .getTask(
                problems,
                null,
                null,
                List.of(
                    "-d",
                    out.toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    "-proc:none"),
                null,
                List.of(source(name.group(1), block.text())))
            .call();

    assertThat(compiled).as(problems.toString()).isTrue();
  }

  @Test
  void everySqlBlockOfTheReadmeRunsOnAMigratedDatabase() throws Exception {
    String url = Services.postgres().freshDatabase();
    Cli cli = new Cli(Map.of(WorldConfig.POSTGRES_URL, url));
    assertThat(cli.run("migrate", "--promote", "user_id:bigint").code()).isZero();
    try (Connection connection = connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute("create table users (id bigint primary key, email text)");
      for (Block block : blocks("sql")) {
        for (String query : block.text().split(";")) {
          if (!query.isBlank()) {
            assertThat(statement.execute(query)).as(query).isTrue();
          }
        }
      }
    }
  }

  @Test
  void everyCommandOfTheReadmeIsUnderstood() throws IOException {
    List<String> commands =
        blocks("bash").stream()
            .flatMap(b -> b.text().lines())
            .filter(line -> line.startsWith("./world "))
            // Another program behind the same launcher, whose own test reads these lines.
            .filter(line -> !line.startsWith("./world bench"))
            .map(line -> line.replaceFirst("\\s+#.*", ""))
            .toList();

    assertThat(commands).isNotEmpty();
    for (String command : commands) {
      List<String> words = words(command.substring("./world ".length()));
      words.add("--help");
      Cli.Outcome outcome = new Cli(Map.of()).run(words.toArray(String[]::new));
      assertThat(outcome.code()).as(command + "\n" + outcome.err()).isZero();
    }
  }

  @Test
  void everyVariableOfTheTableIsRead() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    Path config = ROOT.resolve("world-api/src/main/java/dev/fantasticfour/world/api/config");
    String source =
        Files.readString(config.resolve("WorldConfig.java"))
            + Files.readString(config.resolve("Variables.java"));
    Matcher variable = Pattern.compile("`((?:WORKFLOW|REDIS)_\\w+)`").matcher(readme);
    while (variable.find()) {
      assertThat(source).contains('"' + variable.group(1) + '"');
    }
  }

  @Test
  void everyLinkInTheDocumentsLeadsSomewhere() throws IOException {
    Pattern link = Pattern.compile("\\]\\((?!https?:|#)([^)#]+)");
    for (Path document : documents()) {
      Matcher target = link.matcher(Files.readString(document));
      while (target.find()) {
        assertThat(document.resolveSibling(target.group(1))).as(document.toString()).exists();
      }
    }
  }

  private static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    Matcher word = Pattern.compile("'([^']*)'|(\\S+)").matcher(command);
    while (word.find()) {
      words.add(word.group(1) == null ? word.group(2) : word.group(1));
    }
    return words;
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

  private static Connection connect(String url) throws SQLException {
    URI uri = URI.create(url);
    String[] user = uri.getUserInfo().split(":", 2);
    return DriverManager.getConnection(
        "jdbc:postgresql://" + uri.getHost() + ":" + uri.getPort() + uri.getPath(),
        user[0],
        user[1]);
  }

  private static List<Block> blocks(String language) throws IOException {
    List<Block> blocks = new ArrayList<>();
    for (Path document : documents()) {
      Matcher block = BLOCK.matcher(Files.readString(document));
      while (block.find()) {
        if (block.group(1).equals(language)) {
          blocks.add(new Block(document, language, block.group(2)));
        }
      }
    }
    return blocks;
  }

  private static List<Path> documents() throws IOException {
    List<Path> documents = new ArrayList<>(List.of(ROOT.resolve("README.md")));
    try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
      files.filter(f -> f.toString().endsWith(".md")).sorted().forEach(documents::add);
    }
    return documents;
  }
}
