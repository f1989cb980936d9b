package dev.fantasticfour.world.api.config;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.time.Duration;

/**
 * What the value of an option must look like. A value that does not is refused with {@code
 * INVALID_CONFIGURATION}, which names the option and shows no password.
 */
final class OptionRules {

  private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);

  /** A lost worker's runs would wait for longer than anybody means. */
  private static final Duration LONGEST_LEASE = Duration.ofHours(1);

  private OptionRules() {}

  static void requireAtLeast(String option, int value, int least) {
    if (value < least) {
      throw invalid(option, Integer.toString(value), "a whole number of at least " + least);
    }
  }

  static void requireText(String option, String value) {
    if (value.isBlank() || value.indexOf(0) >= 0) {
      throw invalid(option, value, "a text that is not blank");
    }
  }

  static void requireName(String option, String value) {
    if (!value.matches("[A-Za-z_][A-Za-z0-9_$]{0,62}")) {
      throw invalid(
          option, value, "a plain SQL name of at most 63 letters, digits and underscores");
    }
  }

  static void requireKeyPrefix(String option, String value) {
    if (value.isEmpty() || value.length() > 200 || value.matches(".*[{}\\s\\x00].*")) {
      throw invalid(option, value, "1 to 200 characters without braces or spaces");
    }
  }

  static void requireLease(String option, Duration value) {
    if (value.compareTo(SHORTEST_LEASE) < 0 || value.compareTo(LONGEST_LEASE) > 0) {
      throw invalid(option, value.toString(), SHORTEST_LEASE + " to " + LONGEST_LEASE);
    }
  }

  /** What is thrown: the option must be what is wanted, and is not. */
  static WorldException invalid(String option, String value, String wanted) {
    return new WorldException(
        ErrorCode.INVALID_CONFIGURATION,
        option + " must be " + wanted + ", is '" + Secrets.mask(value) + "'");
  }
}
