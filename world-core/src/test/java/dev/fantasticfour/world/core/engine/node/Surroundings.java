package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.memory.MemoryStorage;
import dev.fantasticfour.world.core.memory.MemoryStreamer;
import dev.fantasticfour.world.core.virtual.Timeline;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;

/** What the nodes of a simulation have in common. */
record Surroundings(
    Timeline timeline,
    Random random,
    Weather weather,
    Instant begin,
    InstantSource clock,
    MemoryStorage store,
    MemoryStreamer streams,
    UnreliableQueue.Broker broker,
    Referee referee) {

  /** Surroundings that follow from a seed. */
  static Surroundings of(long seed) {
    Timeline timeline = Timeline.free();
    Random random = new Random(seed);
    Weather weather = new Weather(timeline, new Random(random.nextLong()));
    Instant begin = Instant.parse("2026-01-01T00:00:00Z");
    InstantSource clock = () -> begin.plusNanos(timeline.now());
    MemoryStorage store = new MemoryStorage(clock);
    MemoryStreamer streams = new MemoryStreamer(new SystemMachine());
    return new Surroundings(
        timeline,
        random,
        weather,
        begin,
        clock,
        store,
        streams,
        new UnreliableQueue.Broker(),
        new Referee(timeline, store, clock));
  }
}
