package dev.fantasticfour.world.cli.session;

import org.jspecify.annotations.Nullable;

/** What an option says, as far as the words of a call tell before any command is known. */
final class NamedOption {

  private NamedOption() {}

  /**
   * The value of the first of that name; null where there is none.
   *
   * @param option with its dashes
   */
  static @Nullable String valueOf(String option, String[] arguments) {
    for (int i = 0; i < arguments.length && !arguments[i].equals("--"); i++) {
      if (arguments[i].startsWith(option + "=")) {
        return arguments[i].substring(option.length() + 1);
      }
      if (arguments[i].equals(option) && i + 1 < arguments.length) {
        return arguments[i + 1];
      }
    }
    return null;
  }
}
