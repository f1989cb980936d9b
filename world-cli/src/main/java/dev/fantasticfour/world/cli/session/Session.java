package dev.fantasticfour.world.cli.session;

import dev.fantasticfour.world.api.config.WorldConfig;
import java.io.PrintWriter;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call of the command.
 *
 * @param variables the environment it reads its settings from
 * @param out where results go
 * @param err where everything else goes
 * @param columns how wide the terminal is that shows {@code out}; empty when it is none
 * @param profile the profile whose settings are among the variables; null when there is none
 * @param answers what somebody types who is asked, a line at a time, null at its end; null when
 *     there is nobody to ask
 */
public record Session(
    Map<String, String> variables,
    PrintWriter out,
    PrintWriter err,
    OptionalInt columns,
    @Nullable Profile profile,
    @Nullable Supplier<@Nullable String> answers) {

  public Session {
    variables = Map.copyOf(variables);
  }

  /** Without a profile, and with nobody to ask. */
  public Session(
      Map<String, String> variables, PrintWriter out, PrintWriter err, OptionalInt columns) {
    this(variables, out, err, columns, null, null);
  }

  /**
   * The configuration of the environment.
   *
   * @throws dev.fantasticfour.world.api.error.WorldException {@code INVALID_CONFIGURATION} naming
   *     the variable
   */
  public WorldConfig config() {
    return WorldConfig.from(variables);
  }

  /** The variable's value, or an empty text. */
  public String variable(String name) {
    return variables.getOrDefault(name, "").strip();
  }

  /** The name of the variable that says where Redis is. */
  public String redisVariable() {
    return variable(WorldConfig.REDIS_URL).isEmpty()
            && !variable(WorldConfig.REDIS_URL_FALLBACK).isEmpty()
        ? WorldConfig.REDIS_URL_FALLBACK
        : WorldConfig.REDIS_URL;
  }

  /** Whether results are shown on a terminal. */
  public boolean onTerminal() {
    return columns.isPresent();
  }
}
