package dev.fantasticfour.world.cli.arch;

import java.util.Set;
import java.util.stream.Collectors;
import jdk.jfr.Event;
import jdk.jfr.Name;

/** The events that World has for the flight recorder. */
public final class FlightEvents {

  private FlightEvents() {}

  /** Their names. */
  public static Set<String> names() {
    return House.classes().stream()
        .filter(type -> type.isAssignableTo(Event.class))
        .map(type -> type.getAnnotationOfType(Name.class).value())
        .collect(Collectors.toSet());
  }
}
