package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.Pin;
import dev.fantasticfour.world.core.port.Batch;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The log of one run within a transaction, and what is beside it. */
public interface LockedLog {

  /** Where the log ends; empty for an unknown run. */
  Optional<LogHead> head();

  /** The states in which a batch finds what it is about. */
  Entities entities();

  /** The live hook of this run that has a token, of which the store says that this run holds it. */
  String hookOf(String token);

  /** Who looks after the run; {@link Custody#NEW} for an unknown one. */
  Custody custody();

  /** The events of a batch, in order; none when it is not in the log. */
  List<Event> ofBatch(String batchId);

  /** The events that no owner wrote, after a position and up to another, in order. */
  List<Event> byOthers(long after, long upTo);

  /** The events at these positions, in order; a position without one is left out. */
  List<Event> at(Set<Long> positions);

  /** Which builds may have the run. */
  Pin pin();

  /** What the run leaves to the one that goes on in its place. Asked before it has handed over. */
  Heritage heritage();

  /**
   * Keeps an accepted batch, with the names that its events give and free, what they make this run
   * owe to others, and the runs that come to be with them.
   *
   * @param kept what is kept, all of it or nothing
   */
  void keep(Kept kept);

  /**
   * What an accepted batch comes to.
   *
   * @param placed its events; none when it asks for nothing new. Of relays each has a batch id of
   *     its own
   * @param custody what is beside the log from now on
   * @param born runs that come to be with it
   */
  record Kept(Batch batch, List<Event> placed, Custody custody, List<Born> born) {

    public Kept {
      placed = List.copyOf(placed);
      born = List.copyOf(born);
    }
  }
}
