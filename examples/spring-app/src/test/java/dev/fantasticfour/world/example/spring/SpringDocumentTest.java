package dev.fantasticfour.world.example.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.ClassPathResource;

/** What the page about Spring shows: it compiles, and is what the application has. */
class SpringDocumentTest {

  private static final Path README = Path.of("..", "..", "README.md");
  private static final Path DOCUMENT = Path.of("..", "..", "docs", "spring-boot.md");
  private static final Pattern CLASS = Pattern.compile("(?m)^(?:public )?(?:final )?class (\\w+)");

  @TempDir Path out;

  private static List<String> blocks(Path document, String fence) throws IOException {
    Matcher block =
        Pattern.compile("(?ms)^```" + fence + "\\R(.*?)^```$").matcher(Files.readString(document));
    List<String> blocks = new ArrayList<>();
    while (block.find()) {
      blocks.add(block.group(1));
    }
    return blocks;
  }

  @Test
  void everyClassThatIsShownCompilesWithTheOthers() throws IOException {
    Map<String, JavaFileObject> sources = new TreeMap<>();
    List<String> shown = new ArrayList<>(blocks(DOCUMENT, "java spring"));
    shown.addAll(blocks(README, "java spring"));
    // What the README begins with, and its section about Spring registers.
    shown.add(blocks(README, "java").getFirst());
    for (String block : shown) {
      Matcher name = CLASS.matcher(block);
      assertThat(name.find()).as(block).isTrue();
      sources.put(name.group(1), source(name.group(1), block));
    }
    assertThat(sources).containsKeys("Greeting", "Greetings", "OrderWorkflow", "Pools");
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
                    "-proc:none"),
                null,
                sources.values())
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

  @Test
  void theConfigurationThatIsShownIsThatOfTheApplication() throws IOException {
    String configuration =
        new ClassPathResource("application.properties")
            .getContentAsString(java.nio.charset.StandardCharsets.UTF_8);
    assertThat(blocks(DOCUMENT, "properties")).containsExactly(configuration);
    assertThat(configuration.lines()).hasSize(3);
  }

  @Test
  void everyPropertyIsInTheTable() throws IOException {
    Matcher row =
        Pattern.compile("(?m)^\\| (`world\\.[^|]+) \\|").matcher(Files.readString(DOCUMENT));
    List<String> shown = new ArrayList<>();
    while (row.find()) {
      Matcher name = Pattern.compile("`(world\\.[\\w.-]+)`").matcher(row.group(1));
      while (name.find()) {
        shown.add(name.group(1));
      }
    }
    Matcher known =
        Pattern.compile("\"name\": \"(world\\.[\\w.-]+)\",\\s+\"type\": \"[\\w.<,>$]+\",\\s+\"desc")
            .matcher(
                new ClassPathResource("META-INF/spring-configuration-metadata.json")
                    .getContentAsString(java.nio.charset.StandardCharsets.UTF_8));
    List<String> names = new ArrayList<>();
    while (known.find()) {
      names.add(known.group(1));
    }
    assertThat(shown).containsExactlyInAnyOrderElementsOf(names).hasSizeGreaterThan(20);
  }
}
