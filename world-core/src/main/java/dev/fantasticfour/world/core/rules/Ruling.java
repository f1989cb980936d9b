package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Draft;
import java.util.List;

/** What the rules say about a batch. */
public sealed interface Ruling {

  /**
   * It is accepted.
   *
   * @param entries what goes into the log, in order; empty when it asks for nothing new
   */
  record Accepted(List<Entry> entries) implements Ruling {
    public Accepted {
      entries = List.copyOf(entries);
    }
  }

  /** It leaves no trace. */
  record Refused(AppendResult result) implements Ruling {}

  /**
   * An event that has everything but its place in the log.
   *
   * @param draft as it is stored
   * @param seen as in {@link dev.fantasticfour.world.api.event.Event}
   */
  record Entry(Draft draft, long seen) {}
}
