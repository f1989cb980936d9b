package dev.fantasticfour.world.tck;

import java.util.function.Supplier;

/**
 * Instances whose way to their store can be cut, while that of all others stays open.
 *
 * @param opening opens one more of them
 * @param begin cuts every connection at once, whatever is under way, and lets no other through
 * @param end lets them through again
 */
public record Outage<P extends AutoCloseable>(Supplier<P> opening, Runnable begin, Runnable end) {

  /** Through a gate that stands before the server. */
  public static <P extends AutoCloseable> Outage<P> at(TcpGate gate, Supplier<P> opening) {
    return new Outage<>(opening, gate::shut, gate::open);
  }

  /** For adapters without a connection that could be cut: by what lies before the port. */
  public static <P extends AutoCloseable> Outage<P> pretended(Class<P> port, Supplier<P> opening) {
    FaultLine line = FaultLine.quiet();
    return new Outage<>(
        () -> line.owned(port, opening.get()), () -> line.away(port), () -> line.back(port));
  }
}
