package dev.fantasticfour.world.cli;

/** Says how much is logged, before anything is. What {@code logback.xml} does with it is there. */
final class Logging {

  private Logging() {}

  static void begin(boolean verbose) {
    set("world.log.level", verbose ? "DEBUG" : "WARN");
    // Drivers say at length, and again and again, what one line of the command says.
    set("world.log.drivers", verbose ? "INFO" : "OFF");
    set("world.log.stack", verbose ? "%ex" : "%nopex");
    // The driver of PostgreSQL logs through the platform's own logger, to standard error.
    java.util.logging.Logger.getLogger("org.postgresql")
        .setLevel(verbose ? java.util.logging.Level.INFO : java.util.logging.Level.OFF);
  }

  private static void set(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
