package dev.fantasticfour.world.spring.boot;

import dev.fantasticfour.world.spring.WorldProperties;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Finds properties under {@code world} that mean nothing, because they are misspelt. */
final class UnknownProperties {

  private static final Logger LOG = LoggerFactory.getLogger(UnknownProperties.class);

  private static final String OF_WORKFLOWS = WorldProperties.PREFIX + ".retention.workflows.";
  private static final Set<String> RULES =
      Set.copyOf(
          namesOf("", WorldProperties.Rule.class).stream().map(n -> n.substring(1)).toList());

  private UnknownProperties() {}

  /** Says of each what was probably meant. */
  static void report(ConfigurableEnvironment environment) {
    for (String line : in(environment)) {
      LOG.warn(line);
    }
  }

  /** One sentence for each, in alphabetical order. */
  static List<String> in(ConfigurableEnvironment environment) {
    Set<String> known = known();
    Set<String> unknown = new TreeSet<>();
    environment
        .getPropertySources()
        .forEach(
            source -> {
              // Variables of the system are written otherwise, and belong to many.
              if (source instanceof EnumerablePropertySource<?> named
                  && !StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME.equals(
                      source.getName())) {
                for (String name : named.getPropertyNames()) {
                  String canonical = canonical(name);
                  if (canonical.startsWith(WorldProperties.PREFIX + ".")
                      && !isKnown(canonical, known)) {
                    unknown.add(canonical);
                  }
                }
              }
            });
    return unknown.stream().map(name -> sentence(name, known)).toList();
  }

  /** The names of all properties, in the form with dashes. */
  static Set<String> known() {
    return new TreeSet<>(namesOf(WorldProperties.PREFIX, WorldProperties.class));
  }

  private static List<String> namesOf(String prefix, Class<?> type) {
    List<String> names = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      String name = prefix + "." + dashed(component.getName());
      if (component.getType().isRecord()) {
        names.addAll(namesOf(name, component.getType()));
      } else {
        names.add(name);
      }
    }
    return names;
  }

  /** Below a map stand names that others give; below those of workflows what a rule has. */
  private static boolean isKnown(String name, Set<String> known) {
    if (name.startsWith(OF_WORKFLOWS)) {
      return RULES.contains(name.substring(name.lastIndexOf('.') + 1));
    }
    return name.startsWith(WorldProperties.PREFIX + ".settings.")
        || known.stream().anyMatch(other -> bare(other).equals(bare(name)));
  }

  private static String canonical(String name) {
    return ConfigurationPropertyName.adapt(name, '.').toString();
  }

  private static String dashed(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
  }

  private static String sentence(String name, Set<String> known) {
    int last = name.lastIndexOf('.') + 1;
    Stream<String> candidates =
        name.startsWith(OF_WORKFLOWS)
            ? RULES.stream().sorted().map(rule -> name.substring(0, last) + rule)
            : known.stream();
    String nearest =
        candidates
            .min(Comparator.comparingInt(other -> distance(bare(name), bare(other))))
            .orElseThrow();
    return "property " + name + " means nothing to World: did you mean " + nearest + "?";
  }

  private static String bare(String name) {
    return name.replace("-", "");
  }

  /** How many letters have to be left out, put in or changed. */
  private static int distance(String one, String other) {
    int[] above = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int[] row = new int[other.length() + 1];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int change = above[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(above[j], row[j - 1]) + 1);
      }
      above = row;
    }
    return above[other.length()];
  }
}
