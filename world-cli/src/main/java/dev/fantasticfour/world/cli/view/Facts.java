package dev.fantasticfour.world.cli.view;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is known of one thing, line by line under its name; nothing is cut off. */
public final class Facts {

  private record Field(String name, String value) {}

  private final List<Field> facts = new ArrayList<>();

  /** Adds a fact; one that is null or empty is left out. */
  public Facts add(String name, @Nullable Object value) {
    String text = value == null ? "" : value.toString().strip();
    if (!text.isEmpty()) {
      facts.add(new Field(name, text));
    }
    return this;
  }

  /** The facts, their values under each other. */
  @Override
  public String toString() {
    int width = facts.stream().mapToInt(fact -> fact.name().length()).max().orElse(0) + 2;
    String indent = "\n" + " ".repeat(width);
    return facts.stream()
        .map(
            fact ->
                fact.name()
                    + " ".repeat(width - fact.name().length())
                    + fact.value().replaceAll("\\R", indent))
        .collect(Collectors.joining("\n"));
  }
}
