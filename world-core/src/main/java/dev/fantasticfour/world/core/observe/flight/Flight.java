package dev.fantasticfour.world.core.observe.flight;

import org.jspecify.annotations.Nullable;

/**
 * Where events for the flight recorder begin. Whoever has one ends it by its {@code over}; null is
 * what there is while nobody records. Safe for any number of threads; an event belongs to the one
 * that has it.
 */
public final class Flight {

  /** A runtime that was cut down may be without the recorder. */
  private static final boolean IS_HERE = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  private Flight() {}

  /** A turn of a run begins. */
  public static @Nullable TurnEvent turn() {
    return IS_HERE ? TurnEvent.now() : null;
  }

  /** The code of a run is about to be built up again. */
  public static @Nullable ReplayEvent replay() {
    return IS_HERE ? ReplayEvent.now() : null;
  }

  /** The body of a step begins. */
  public static @Nullable StepBodyEvent stepBody() {
    return IS_HERE ? StepBodyEvent.now() : null;
  }

  /** The store is about to be asked to append. */
  public static @Nullable AppendEvent append() {
    return IS_HERE ? AppendEvent.now() : null;
  }

  /** The store is about to be asked for runs. */
  public static @Nullable ClaimEvent claim() {
    return IS_HERE ? ClaimEvent.now() : null;
  }

  /** A heartbeat is about to be sent. */
  public static @Nullable BeatEvent beat() {
    return IS_HERE ? BeatEvent.now() : null;
  }

  /** A run is about to be let stand. */
  public static @Nullable StallEvent stall() {
    return IS_HERE ? StallEvent.now() : null;
  }
}
