package dev.fantasticfour.world.bench.report;

import java.time.Instant;
import java.util.List;

/**
 * Where and how the figures came about; without it they mean nothing.
 *
 * @param postgres version and origin of the server
 * @param redis version and origin of the server
 * @param jvm version, collector and heap
 * @param cores processors that this JVM sees, shared with both servers when those run here
 * @param quick whether sizes were so small that the JIT compiler was still at work
 * @param settings how each side was set up, one sentence each
 */
public record Environment(
    Instant began,
    String postgres,
    String redis,
    String jvm,
    int cores,
    boolean quick,
    int repeats,
    List<String> settings) {

  public Environment {
    settings = List.copyOf(settings);
  }
}
