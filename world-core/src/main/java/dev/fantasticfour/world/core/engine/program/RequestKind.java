package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One kind of thing that code asks for and waits for: steps, waits, hooks. A kind knows by id what
 * was asked for and is not settled; how it is asked for is its own. A new kind is one more of these
 * and one more line in {@link Program}.
 */
interface RequestKind {

  /** The events that settle or answer what was asked for. */
  Set<EventType> toldBy();

  /**
   * The code is told what came of something.
   *
   * @param id the entity the event is about; empty when it is about the run itself
   * @return whether the code had asked for it, now or before it gave it up
   */
  boolean settle(String id, Fact fact);

  /** When something of this kind goes on by itself, or null. */
  default @Nullable Instant next() {
    return null;
  }

  /** The code has ended, and with it whatever of this kind is open. */
  default void endWithRun() {}

  /**
   * The run goes on in another one, which is left what has come and the code has not read.
   *
   * @param positions of its events, added to
   */
  default void leave(Collection<Long> positions) {}

  /** The code was given up; what of it others in this process know, they forget. */
  default void giveUp() {}

  /** The id of what a fact is about; that of the run itself is none. */
  static String subject(@Nullable String id, Fact fact) {
    if (fact.type().subject() == EventType.Subject.RUN) {
      return "";
    }
    if (id == null) {
      throw new IllegalArgumentException("an event about an entity has a correlation id");
    }
    return id;
  }
}
