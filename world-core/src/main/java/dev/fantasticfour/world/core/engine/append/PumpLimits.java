package dev.fantasticfour.world.core.engine.append;

/**
 * How wide the pump is.
 *
 * @param lanes platform threads that append, each with one call of the store at a time
 * @param batches most batches of one call
 * @param bytes most payload bytes of one call; a single batch may hold more
 * @param callers most callers of {@link AppendPump#appendNow} at once; further ones wait for room
 * @param slow most calls at once for runs that were found locked
 */
public record PumpLimits(int lanes, int batches, long bytes, int callers, int slow) {

  /** Two lanes, 256 batches or 4 MiB a call, 4 096 callers, four slow calls. */
  public static final PumpLimits DEFAULT = new PumpLimits(2, 256, 4L << 20, 4_096, 4);

  public PumpLimits {
    if (lanes < 1 || batches < 1 || bytes < 1 || callers < 1 || slow < 1) {
      throw new IllegalArgumentException("every limit of the pump must be at least 1");
    }
  }

  /** The same with that many lanes. */
  public PumpLimits withLanes(int number) {
    return new PumpLimits(number, batches, bytes, callers, slow);
  }
}
