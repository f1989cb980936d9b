package dev.fantasticfour.world.cli.session;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;

/**
 * Settings under a name, for whoever looks after several worlds: lines such as {@code
 * prod.WORKFLOW_POSTGRES_URL=…} and {@code prod.protected=true} of {@code
 * ~/.config/world/config.properties}. A profile is whole: where one is chosen, the environment says
 * nothing of where the servers are.
 *
 * @param isProtected whether what changes something is asked for twice
 */
public record Profile(String name, boolean isProtected, Map<String, String> settings) {

  private static final String OPTION = "--profile";
  private static final String VARIABLE = "WORLD_PROFILE";
  private static final String PROTECTED = "protected";

  public Profile {
    settings = Map.copyOf(settings);
  }

  /** Everything but the settings, which may be secret. */
  @Override
  public String toString() {
    return "Profile[name=" + name + ", isProtected=" + isProtected + "]";
  }

  /**
   * The one that the arguments of a command or the environment name.
   *
   * @return empty when neither names one
   * @throws WorldException {@code INVALID_CONFIGURATION} when it is not in the file, or says what
   *     no profile can say
   */
  public static Optional<Profile> chosen(String[] arguments, Map<String, String> variables) {
    String name = NamedOption.valueOf(OPTION, arguments);
    if (name == null) {
      name = variables.getOrDefault(VARIABLE, "").strip();
    }
    return name.isEmpty() ? Optional.empty() : Optional.of(read(name, file(variables)));
  }

  private static Path file(Map<String, String> variables) {
    String configured = variables.getOrDefault("XDG_CONFIG_HOME", "");
    Path directory =
        configured.isEmpty()
            ? Path.of(variables.getOrDefault("HOME", "."), ".config")
            : Path.of(configured);
    return directory.resolve("world").resolve("config.properties");
  }

  private static Profile read(String name, Path file) {
    Properties all = new Properties();
    try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      all.load(text);
    } catch (IOException | IllegalArgumentException e) {
      throw refused(
          name, "cannot be read from " + file + " (" + e.getClass().getSimpleName() + ")");
    }
    Map<String, String> settings = new HashMap<>();
    TreeSet<String> names = new TreeSet<>();
    for (String key : all.stringPropertyNames()) {
      int dot = key.indexOf('.');
      if (dot > 0) {
        names.add(key.substring(0, dot));
        if (key.substring(0, dot).equals(name)) {
          settings.put(key.substring(dot + 1), all.getProperty(key));
        }
      }
    }
    if (settings.isEmpty()) {
      throw refused(
          name,
          "is not in "
              + file
              + ", which has "
              + (names.isEmpty() ? "none" : String.join(", ", names)));
    }
    String guarded = settings.remove(PROTECTED);
    for (String key : new TreeSet<>(settings.keySet())) {
      if (!isOfWorld(key)) {
        throw refused(
            name,
            "says "
                + key
                + " in "
                + file
                + ": it may say WORKFLOW_… variables, REDIS_URL and"
                + " protected=true");
      }
    }
    if (guarded != null && !guarded.equals("true") && !guarded.equals("false")) {
      throw refused(name, "must say protected=true or protected=false in " + file);
    }
    return new Profile(name, "true".equals(guarded), settings);
  }

  private static WorldException refused(String name, String why) {
    return new WorldException(ErrorCode.INVALID_CONFIGURATION, "profile '" + name + "' " + why);
  }

  /** The environment with what the profile says in the place of all it said of World. */
  public Map<String, String> over(Map<String, String> variables) {
    Map<String, String> all = new HashMap<>(variables);
    all.keySet().removeIf(Profile::isOfWorld);
    all.putAll(settings);
    return all;
  }

  private static boolean isOfWorld(String variable) {
    return variable.startsWith("WORKFLOW_") || variable.equals("REDIS_URL");
  }
}
