package dev.fantasticfour.world.api;

import java.time.Instant;
import java.util.List;

/**
 * How a node is, as far as it knows by itself: no server is asked, so that whoever watches {@link
 * #live()} does not restart every process because a server is away.
 *
 * @param started whether its workers have been started, and it is not closed; always false in a
 *     process that is only a client
 * @param live whether its own threads go on: if not, for three leases, only a restart of the
 *     process helps
 * @param ready whether it takes runs: it is registered as a worker, and within the last lease the
 *     store has confirmed that it still is, and is not being drained
 * @param troubles what it asks for again and again just now, because it was refused or not
 *     answered, the oldest first. What is asked again goes on by itself as soon as it is answered;
 *     a node with troubles may be live and ready all the same, as it is while Redis is away
 */
public record Health(boolean started, boolean live, boolean ready, List<Trouble> troubles) {

  /** Copies the troubles. */
  public Health {
    troubles = List.copyOf(troubles);
  }

  /**
   * Something that was not answered, and is asked again.
   *
   * @param what is asked, as the subject of a sentence
   * @param meanwhile what it means that there is no answer, as a sentence without a full stop
   * @param since when it was first not answered, by the clock of this machine
   * @param times how often since then
   * @param reason what the last answer was, with no secret in it
   */
  public record Trouble(String what, String meanwhile, Instant since, long times, String reason) {}
}
