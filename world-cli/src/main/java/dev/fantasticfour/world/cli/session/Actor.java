package dev.fantasticfour.world.cli.session;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * In whose name a command acts, for the audit: the user of the operating system, unless another one
 * is named. It is believed: whoever can reach the database could write there what they like.
 */
public final class Actor {

  /** The option that names one. */
  public static final String OPTION = "--as";

  private static final String VARIABLE = "WORLD_ACTOR";

  private Actor() {}

  /**
   * The variables with the one that the arguments of a command name.
   *
   * @throws WorldException {@code INVALID_ARGUMENT} when the name says nothing
   */
  public static Map<String, String> over(String[] arguments, Map<String, String> variables) {
    String name = NamedOption.valueOf(OPTION, arguments);
    if (name == null) {
      return variables;
    }
    if (name.isBlank()) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT, OPTION + " needs the name of whoever acts");
    }
    Map<String, String> named = new HashMap<>(variables);
    named.put(VARIABLE, name);
    return named;
  }

  /** Their name. */
  public static String of(Session session) {
    return Optional.of(session.variable(VARIABLE))
        .filter(name -> !name.isEmpty())
        .or(() -> Optional.ofNullable(System.getProperty("user.name")))
        .filter(name -> !name.isBlank())
        .orElse("unknown");
  }
}
