package dev.fantasticfour.world.core.engine.time;

import dev.fantasticfour.world.api.Health.Trouble;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the loops of a process ask for again and again just now. Whoever asks is named by itself, so
 * that there are never more of them than there are loops.
 *
 * <p><b>Concurrency.</b> Any thread.
 */
public final class Troubles {

  private final InstantSource clock;
  private final Map<Object, Trouble> present = new ConcurrentHashMap<>();

  /** None yet. */
  public Troubles(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Was not answered, and asks again.
   *
   * @param asking who asks, known by its identity
   * @param what is asked, as the subject of a sentence
   * @param meanwhile what it means that there is no answer
   */
  public void met(Object asking, String what, String meanwhile, Throwable reason) {
    String why = reason.getMessage() == null ? reason.getClass().getName() : reason.getMessage();
    Trouble unused =
        present.merge(
            asking,
            new Trouble(what, meanwhile, clock.instant(), 1, why),
            (before, now) -> new Trouble(what, meanwhile, before.since(), before.times() + 1, why));
  }

  /** Was answered, or asks no more. */
  public void over(Object asking) {
    if (!present.isEmpty()) {
      Trouble unused = present.remove(asking);
    }
  }

  /** The oldest first. */
  public List<Trouble> present() {
    return present.values().stream().sorted(Comparator.comparing(Trouble::since)).toList();
  }
}
