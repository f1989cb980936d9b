package dev.fantasticfour.world.opentelemetry;

import java.time.Duration;

/**
 * What is told to OpenTelemetry.
 *
 * @param spans whether there are spans
 * @param store whether calls of the store have spans, too; instrumentation of JDBC shows them
 *     without
 * @param inline a visit that begins so soon after the creation of its run is part of the trace that
 *     the run was started in; a later one begins a trace of its own
 * @param meters whether the meters of the list are kept
 */
public record TelemetryOptions(boolean spans, boolean store, Duration inline, boolean meters) {

  /** Spans without the store, meters, and a minute. */
  public static final TelemetryOptions DEFAULT =
      new TelemetryOptions(true, false, Duration.ofSeconds(60), true);

  /**
   * What the system properties {@code world.trace.enabled}, {@code world.trace.store}, {@code
   * world.trace.inline} (seconds) and {@code world.trace.meters} say, and for the others the
   * defaults.
   *
   * @throws IllegalArgumentException for a value that is none, with the name of its property
   */
  public static TelemetryOptions fromProperties() {
    return new TelemetryOptions(
        isSet("world.trace.enabled", DEFAULT.spans),
        isSet("world.trace.store", DEFAULT.store),
        seconds("world.trace.inline", DEFAULT.inline),
        isSet("world.trace.meters", DEFAULT.meters));
  }

  private static boolean isSet(String name, boolean otherwise) {
    String value = System.getProperty(name);
    return switch (value) {
      case null -> otherwise;
      case "true" -> true;
      case "false" -> false;
      default -> throw invalid(name, value, "true or false");
    };
  }

  private static Duration seconds(String name, Duration otherwise) {
    String value = System.getProperty(name);
    if (value == null) {
      return otherwise;
    }
    if (!value.matches("\\d{1,9}")) {
      throw invalid(name, value, "a number of seconds, 0 or more");
    }
    return Duration.ofSeconds(Long.parseLong(value));
  }

  private static IllegalArgumentException invalid(String name, String value, String wanted) {
    return new IllegalArgumentException(
        "the system property " + name + " is '" + value + "', which is not " + wanted);
  }

  /** The same with or without spans. */
  public TelemetryOptions withSpans(boolean isSo) {
    return new TelemetryOptions(isSo, store, inline, meters);
  }

  /** The same with or without spans of calls of the store. */
  public TelemetryOptions withStore(boolean isSo) {
    return new TelemetryOptions(spans, isSo, inline, meters);
  }

  /** The same with another time for visits that are part of the trace of the start. */
  public TelemetryOptions withInline(Duration time) {
    return new TelemetryOptions(spans, store, time, meters);
  }

  /** The same with or without meters. */
  public TelemetryOptions withMeters(boolean isSo) {
    return new TelemetryOptions(spans, store, inline, isSo);
  }
}
