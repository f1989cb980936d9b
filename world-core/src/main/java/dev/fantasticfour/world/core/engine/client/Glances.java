package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.core.engine.time.LoopGuard;
import dev.fantasticfour.world.core.engine.time.Machine;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what nobody announced, such as the ends of runs. While somebody waits, one glance a second
 * at the channels costs nobody anything; when they are interrupted, everybody is looked for, and
 * every two seconds those who have waited for that long: nobody may have been left to announce
 * their ends.
 */
final class Glances<K> {

  private static final Logger LOG = LoggerFactory.getLogger(Glances.class);
  private static final Duration GLANCE = Duration.ofSeconds(1);

  private final DelayedTasks delays;
  private final EndChannels channels;
  private final Waiters<K, ?> waiters;
  private final Consumer<Collection<K>> find;
  private final Duration glance;
  private final long glancesPerLook;
  private final AtomicBoolean armed = new AtomicBoolean();
  private final LoopGuard guard;
  private final Runnable tick = this::tick;

  // Of the one thread that glances.
  private long glances;
  private Set<K> awaitedBefore = Set.of();

  /**
   * @param find sees which of these runs have ended; quick
   * @param safetyNet after what time the store is asked about a run though nothing is amiss
   */
  Glances(
      Machine machine,
      DelayedTasks delays,
      EndChannels channels,
      Waiters<K, ?> waiters,
      Consumer<Collection<K>> find,
      Duration safetyNet) {
    this.guard =
        new LoopGuard(machine, LOG, "looking for ended runs", "it is done again a second later");
    this.delays = delays;
    this.channels = channels;
    this.waiters = waiters;
    this.find = find;
    this.glance = GLANCE.compareTo(safetyNet) < 0 ? GLANCE : safetyNet;
    this.glancesPerLook = Math.max(1, safetyNet.dividedBy(glance));
  }

  /** Somebody waits. Throws what the machine does when it has no thread for that. */
  void begin() {
    if (armed.get() || armed.getAndSet(true)) {
      return;
    }
    boolean isSet = false;
    try {
      delays.after(glance, tick);
      isSet = true;
    } finally {
      if (!isSet) {
        armed.set(false);
      }
    }
  }

  private void tick() {
    armed.set(false);
    if (!waiters.keys().isEmpty()) {
      boolean unused = guard.round(this::glance);
      begin();
    }
  }

  private void glance() {
    glances++;
    if (channels.isInterrupted()) {
      channels.retry();
      find.accept(waiters.keys());
    } else if (glances % glancesPerLook == 0) {
      channels.retry();
      findPatientOnes();
    }
  }

  /** Who waits for less long is not looked for. */
  private void findPatientOnes() {
    Set<K> all = waiters.keys();
    find.accept(all.stream().filter(awaitedBefore::contains).toList());
    awaitedBefore = all;
  }
}
