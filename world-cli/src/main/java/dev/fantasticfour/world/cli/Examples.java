package dev.fantasticfour.world.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * An example of each command, which its help shows and the documents hold. A name in angle brackets
 * stands for what there is in somebody's world.
 */
final class Examples {

  private final Map<String, String> examples;

  private Examples(Map<String, String> examples) {
    this.examples = examples;
  }

  static Examples read() {
    Map<String, String> examples = new HashMap<>();
    try (InputStream text = Examples.class.getResourceAsStream("examples.txt")) {
      if (text == null) {
        throw new IllegalStateException("examples.txt is missing beside " + Examples.class);
      }
      new String(text.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(" \\| ", 2))
          .forEach(line -> examples.put(line[0], line[1]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Examples(examples);
  }

  /** By the names of their commands below {@code world}, as they are typed behind it. */
  Map<String, String> all() {
    return Map.copyOf(examples);
  }

  /** Shows them at the end of each help. */
  void addTo(CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    String example = examples.get(Protection.name(spec));
    if (example != null) {
      spec.usageMessage()
          .footerHeading("%nExample:%n")
          .footer("  world " + example.replace("%", "%%"));
    }
    line.getSubcommands().values().forEach(this::addTo);
  }
}
