package dev.fantasticfour.world.cli.doctor;

import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.core.port.Finding;

/**
 * What {@code world doctor} says of one thing it has looked at.
 *
 * @param check what was looked at
 * @param found what is there
 * @param advice what to do about it, empty when nothing
 * @param exitCode what the whole examination ends with, if nothing is worse
 */
record Diagnosis(String check, Level level, String found, String advice, int exitCode) {

  /** How bad it is. */
  enum Level {
    /** As it should be. */
    OK,
    /** It works, but not as well as it could. */
    WARN,
    /** It will not work. */
    FAIL
  }

  /**
   * What an adapter has found.
   *
   * @param server its name
   * @param place where it is
   */
  static Diagnosis of(String server, Finding found, String place) {
    boolean isVersion = found.check().equals("version");
    String check = isVersion ? server : server + " " + found.check();
    String text = isVersion ? found.found() + " at " + place : found.found();
    return switch (found.level()) {
      case GOOD -> ok(check, text);
      case ODD -> warn(check, text, found.advice());
      case NOT_NOW, WRONG -> fail(check, text, found.advice());
    };
  }

  static Diagnosis ok(String check, String found) {
    return new Diagnosis(check, Level.OK, found, "", ExitCode.OK);
  }

  static Diagnosis warn(String check, String found, String advice) {
    return new Diagnosis(check, Level.WARN, found, advice, ExitCode.OK);
  }

  /** It was looked at, and it is wrong. */
  static Diagnosis fail(String check, String found, String advice) {
    return new Diagnosis(check, Level.FAIL, found, advice, ExitCode.NO);
  }

  /** It could not even be looked at. */
  static Diagnosis unknown(String check, String found, String advice) {
    return new Diagnosis(check, Level.FAIL, found, advice, ExitCode.NOT_ASKED);
  }

  /** One line. */
  String line() {
    return "%-4s  %-20s %s%s"
        .formatted(level, check, found, advice.isEmpty() ? "" : " -> " + advice);
  }
}
