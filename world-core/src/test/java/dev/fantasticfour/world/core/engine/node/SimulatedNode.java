package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.virtual.Timeline;
import dev.fantasticfour.world.core.virtual.VirtualMachine;
import dev.fantasticfour.world.core.virtual.VirtualProcess;
import java.time.Duration;

/** One process with a node in it, from its start to its death. */
final class SimulatedNode {

  private static final PayloadCodec CODEC = new JacksonPayloadCodec();

  private final Surroundings world;
  private final VirtualProcess process = new VirtualProcess();
  private final VirtualMachine machine;
  private final UnreliableStorage storage;
  private final Ports ports;
  private final Node node;
  private final String name;
  private long cutOffUntil = -1;
  private long troubledAt;
  private boolean started;
  private boolean closing;

  SimulatedNode(String name, Surroundings world, WorldConfig config, Registry registry) {
    this.name = name;
    this.world = world;
    Timeline timeline = world.timeline();
    this.machine = VirtualMachine.skewed(timeline, process, world.begin(), world.random());
    this.storage =
        new UnreliableStorage(world.store(), timeline, world.weather(), world.referee(), this);
    this.ports =
        new Ports(
            config,
            storage,
            new UnreliableQueue(timeline, world.weather(), world.broker(), process),
            new UnreliableStreamer(world.streams(), world.weather()),
            new RepeatingAppender(storage, machine, timeline),
            CODEC,
            IdSource.seeded(world.random().nextLong(), world.clock()));
    this.node = new Node(ports, registry, machine);
    this.troubledAt = timeline.now();
  }

  String name() {
    return name;
  }

  Node node() {
    return node;
  }

  Ports ports() {
    return ports;
  }

  VirtualProcess process() {
    return process;
  }

  VirtualMachine machine() {
    return machine;
  }

  UnreliableStorage storage() {
    return storage;
  }

  /** Starts the node, again and again until the store lets it. */
  void start() {
    world
        .timeline()
        .start(
            process,
            name + " start",
            () -> {
              while (!started) {
                try {
                  node.start();
                  started = true;
                } catch (WorldException e) {
                  world.timeline().sleep(Duration.ofSeconds(1));
                }
              }
              inTrouble();
            });
  }

  /** Closes the node in order; then its process ends. */
  void close(Duration patience, Runnable then) {
    closing = true;
    inTrouble();
    world
        .timeline()
        .start(
            process,
            name + " close",
            () -> {
              node.close(patience);
              world.referee().closed(this);
              then.run();
              kill();
            });
  }

  /** As kill -9 does. */
  void kill() {
    if (process.isDead()) {
      return;
    }
    world.timeline().kill(process);
    Custodian last = node.custodian();
    if (last != null) {
      // Nobody hears of it: this only lets the threads of the runs go.
      last.detachAll();
    }
  }

  /** As kill -STOP does, and kill -CONT after a while. */
  void pause(Duration time) {
    world.timeline().pause(process, time);
    inTrouble();
    world.timeline().at(world.timeline().now() + time.toNanos(), this::inTrouble);
  }

  /** The store is there for others. */
  void cutOff(Duration time) {
    cutOffUntil = world.timeline().now() + time.toNanos();
    inTrouble();
    world.timeline().at(cutOffUntil, this::inTrouble);
  }

  boolean isCutOff() {
    return world.timeline().now() < cutOffUntil;
  }

  /** Something happened that may cost this node its lease, and that does not happen to all. */
  void inTrouble() {
    troubledAt = world.timeline().now();
  }

  long troubledAt() {
    return troubledAt;
  }

  boolean isClosing() {
    return closing;
  }

  boolean isDead() {
    return process.isDead();
  }

  /** Whether it works, as far as one can see from outside. */
  boolean isWell() {
    return started && !closing && !isDead() && !isCutOff() && !world.timeline().isPaused(process);
  }
}
