package dev.fantasticfour.world.core.memory;

import dev.fantasticfour.world.core.port.LiveStreams.Chunk;
import dev.fantasticfour.world.core.port.LiveStreams.HighestAttempt;
import dev.fantasticfour.world.core.port.LiveStreams.Life;
import dev.fantasticfour.world.core.port.StreamArchive.Archived;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.rules.Erasure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A stream as it is kept for good. Guarded by the store's lock. */
final class StreamShelf {

  private final TreeMap<Long, Chunk> chunks = new TreeMap<>();
  private final List<Long> bases = new ArrayList<>();

  /** Who may hold chunks of the current life that are not kept. */
  final Set<WorkerId> writers = new LinkedHashSet<>();

  /** Whether somebody has found the current life lost. */
  boolean lost;

  boolean ended;

  /** How many indices of the current life may have been given to what nobody knows of. */
  long inDoubt;

  long life() {
    return bases.size();
  }

  /** Where the current life begins. */
  long base() {
    return bases.isEmpty() ? 0 : bases.getLast();
  }

  void keep(Chunk chunk) {
    if (chunk.index() >= base()) {
      chunks.putIfAbsent(chunk.index(), chunk);
    }
  }

  /** What anybody wrote is gone; that something was written stays. */
  void erase() {
    chunks.replaceAll(
        (index, chunk) ->
            chunk instanceof Chunk.Data data
                ? new Chunk.Data(index, Erasure.PAYLOAD, data.stepId(), data.attempt())
                : chunk);
  }

  /** The index after the last chunk there is. */
  long next() {
    return Math.max(base(), chunks.isEmpty() ? 0 : chunks.lastKey() + 1);
  }

  /** How many chunks of the current life there are. */
  long count() {
    return chunks.tailMap(base(), true).size();
  }

  /** The first index of the current life that nothing is kept of. */
  long firstMissing() {
    long index = base();
    while (chunks.containsKey(index)) {
      index++;
    }
    return index;
  }

  /** The next life begins; whoever was in this one is in it no more. */
  Life open(long from) {
    bases.add(from);
    writers.clear();
    lost = false;
    inDoubt = 0;
    return new Life(life(), from, steps());
  }

  void end(long next) {
    Life unused = open(next);
    ended = true;
  }

  private Map<String, HighestAttempt> steps() {
    Map<String, HighestAttempt> steps = new HashMap<>();
    for (Chunk chunk : chunks.values()) {
      if (chunk instanceof Chunk.Data data && data.stepId() != null) {
        steps.merge(
            data.stepId(),
            new HighestAttempt(data.attempt(), data.index()),
            (before, now) ->
                new HighestAttempt(Math.max(before.attempt(), now.attempt()), before.first()));
      }
    }
    return steps;
  }

  Archived read(long from, int limit) {
    return new Archived(
        bases, ended, chunks.tailMap(from, true).values().stream().limit(limit).toList());
  }
}
