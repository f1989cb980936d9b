package dev.fantasticfour.world.cdi;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.util.Map;

/** What a process is told from outside. */
final class Settings {

  /** Whether this process executes anything; {@code true} by default. */
  static final String WORKERS = "WORKFLOW_WORKERS_ENABLED";

  private static final String MICROPROFILE = "org.eclipse.microprofile.config.ConfigProvider";

  private Settings() {}

  /** As MicroProfile Config says where there is one, else as the variables of the environment. */
  static WorldConfig config() {
    return WorldConfig.from(isThere(MICROPROFILE) ? ConfiguredVariables.read() : System.getenv());
  }

  private static boolean isThere(String type) {
    try {
      Class<?> unused = Class.forName(type, false, Settings.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /**
   * Whether this process is to execute what is registered.
   *
   * @throws WorldException {@code INVALID_CONFIGURATION} when that says neither yes nor no
   */
  static boolean hasWorkers(WorldConfig config) {
    Map<String, String> settings = config.settings();
    String said = settings.getOrDefault(WORKERS, "true").strip();
    return switch (said) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new WorldException(
              ErrorCode.INVALID_CONFIGURATION,
              WORKERS + " must be true or false; is '" + said + "'");
    };
  }
}
