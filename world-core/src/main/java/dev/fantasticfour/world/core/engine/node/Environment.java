package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.engine.time.AlarmClock;
import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.engine.time.StoreClock;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Storage;
import java.time.Instant;

/**
 * What everything in a node stands on: the ports, the machine, and the time.
 *
 * @param clock the store's clock as far as this node knows it
 * @param alarms that ring by it
 */
public record Environment(Ports ports, Machine machine, StoreClock clock, AlarmClock alarms) {

  static Environment of(Ports ports, Machine machine) {
    StoreClock clock = new StoreClock(machine);
    return new Environment(ports, machine, clock, new AlarmClock("world alarms", machine, clock));
  }

  /** How it is configured. */
  public WorldConfig config() {
    return ports.config();
  }

  /** The truth. */
  public Storage storage() {
    return ports.storage();
  }

  /** For hints and the messages of queued steps. */
  public Queue queue() {
    return ports.queue();
  }

  /** What time it is by the store's clock. */
  public Instant now() {
    return clock.instant();
  }
}
