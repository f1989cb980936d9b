package dev.fantasticfour.world.cdi;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The variables of World out of MicroProfile Config: {@code workflow.postgres.url} is {@code
 * WORKFLOW_POSTGRES_URL}, as everywhere there. The only class that names MicroProfile Config, which
 * need not be there.
 */
final class ConfiguredVariables {

  private static final String PREFIX = "WORKFLOW_";
  private static final String REDIS = "REDIS_URL";

  private ConfiguredVariables() {}

  static Map<String, String> read() {
    Config config = ConfigProvider.getConfig();
    Map<String, String> names = new TreeMap<>();
    for (String name : config.getPropertyNames()) {
      String variable = name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
      if (variable.startsWith(PREFIX) || variable.equals(REDIS)) {
        // Under the name of a property all sources are asked, also the environment.
        var unused =
            names.merge(variable, name, (one, other) -> one.equals(variable) ? other : one);
      }
    }
    Map<String, String> values = new HashMap<>();
    names.forEach(
        (variable, name) ->
            config
                .getOptionalValue(name, String.class)
                .ifPresent(value -> values.put(variable, value)));
    return values;
  }
}
