package dev.fantasticfour.world.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** README and everything under {@code docs}, and what they show. */
final class Documents {

  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final Pattern BLOCK = Pattern.compile("```(\\w+)\\R(.*?)```", Pattern.DOTALL);
  private static final Pattern INLINE = Pattern.compile("`(\\./world [^`]+)`");
  private static final Pattern CLASS =
      Pattern.compile("(?m)^(?:public )?(?:final |abstract )*class (\\w+)");

  private Documents() {}

  /** One fenced block of a document. */
  record Block(Path document, String language, String text) {

    /** The name of the class that a Java block is. */
    String className() {
      Matcher name = CLASS.matcher(text);
      if (!name.find()) {
        throw new AssertionError(this + " is no whole class");
      }
      return name.group(1);
    }

    @Override
    public String toString() {
      return ROOT.relativize(document) + ": " + text.lines().findFirst().orElse("");
    }
  }

  /** A line that a reader may type. */
  record CommandLine(Path document, String text) {

    @Override
    public String toString() {
      return ROOT.relativize(document) + ": " + text;
    }
  }

  static List<Path> all() {
    List<Path> documents = new ArrayList<>(List.of(ROOT.resolve("README.md")));
    try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
      files.filter(f -> f.toString().endsWith(".md")).sorted().forEach(documents::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return documents;
  }

  static List<Block> blocks(String language) {
    List<Block> blocks = new ArrayList<>();
    for (Path document : all()) {
      Matcher block = BLOCK.matcher(read(document));
      while (block.find()) {
        if (block.group(1).equals(language)) {
          blocks.add(new Block(document, language, block.group(2)));
        }
      }
    }
    return blocks;
  }

  /**
   * Every line of a shell block, and every command of ours in running text; without comments, and
   * what several documents say once.
   */
  static List<CommandLine> commandLines() {
    Map<String, CommandLine> lines = new LinkedHashMap<>();
    allCommandLines().forEach(line -> lines.putIfAbsent(line.text(), line));
    return List.copyOf(lines.values());
  }

  private static List<CommandLine> allCommandLines() {
    List<CommandLine> lines = new ArrayList<>();
    for (Block block : blocks("bash")) {
      block
          .text()
          .lines()
          .map(line -> line.replaceFirst("(^|\\s)#.*", "").strip())
          .filter(line -> !line.isEmpty())
          .forEach(line -> lines.add(new CommandLine(block.document(), line)));
    }
    for (Path document : all()) {
      Matcher inline = INLINE.matcher(read(document).replaceAll("(?s)```.*?```", ""));
      while (inline.find()) {
        lines.add(new CommandLine(document, inline.group(1).replaceAll("\\s+", " ")));
      }
    }
    return lines;
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
