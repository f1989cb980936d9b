package dev.fantasticfour.world.tck.spec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All rules, read from the tables of the specification's own pages: there is no second list.
 *
 * <p>A rule is a row of three cells whose first is an id in backticks.
 */
public final class Specification {

  /** The pages that hold rules, in the order they are read. */
  public static final List<String> PAGES =
      List.of("storage.md", "queue.md", "streamer.md", "engine.md");

  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([^`]+)` \\| ([A-Z]+) \\| (.+) \\|$");

  private final Map<String, SpecRule> rules = new LinkedHashMap<>();

  private Specification() {}

  /**
   * Reads the pages that this module carries.
   *
   * @throws IllegalStateException when an id appears twice
   */
  public static Specification read() {
    Specification specification = new Specification();
    PAGES.forEach(page -> specification.page(page, text(page)));
    return specification;
  }

  private void page(String page, String text) {
    Matcher row = ROW.matcher(text);
    while (row.find()) {
      SpecRule rule = new SpecRule(row.group(1), Level.valueOf(row.group(2)), row.group(3), page);
      if (rules.put(rule.id(), rule) != null) {
        throw new IllegalStateException("rule " + rule.id() + " stands twice");
      }
    }
  }

  private static String text(String page) {
    try (InputStream in =
        Objects.requireNonNull(Specification.class.getResourceAsStream(page), page)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All rules, in the order of the pages. */
  public List<SpecRule> rules() {
    return List.copyOf(rules.values());
  }

  /** The rule of that id. */
  public Optional<SpecRule> rule(String id) {
    return Optional.ofNullable(rules.get(id));
  }
}
