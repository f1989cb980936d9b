package dev.fantasticfour.world.tck;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * What the tests of one class share: the harness, two instances over one store, and how far its
 * clock was moved.
 */
public final class Stage<P extends AutoCloseable> implements AutoCloseable {

  private final Supplier<Harness<P>> harnesses;
  private final Harness<P> harness;
  private final List<P> others = new ArrayList<>();
  private @Nullable P main;
  private @Nullable P peer;
  private Duration offset = Duration.ZERO;

  Stage(Supplier<Harness<P>> harnesses) {
    this.harnesses = harnesses;
    this.harness = harnesses.get();
  }

  /** Another harness, over a store of its own. */
  public Harness<P> fresh() {
    return harnesses.get();
  }

  /** How the adapter is opened. */
  public Harness<P> harness() {
    return harness;
  }

  /** The instance most tests work with. */
  public P main() {
    P open = main;
    if (open == null) {
      open = harness.opening().get();
      main = open;
    }
    return open;
  }

  /** Another instance over the same store. */
  public P peer() {
    P open = peer;
    if (open == null) {
      open = harness.opening().get();
      peer = open;
    }
    return open;
  }

  /** One more instance, closed at the end at the latest. */
  public P another() {
    P open = harness.opening().get();
    others.add(open);
    return open;
  }

  /** Closes one of those. */
  public void close(P instance) {
    others.remove(instance);
    closed(instance);
  }

  /** About what the store's clock says. */
  public Instant now() {
    return Instant.now().plus(offset);
  }

  /** Whether the store's clock can be moved. */
  public boolean hasTime() {
    return harness.time() != null;
  }

  /** Moves the store's clock; the test is aborted when the harness declines that. */
  public void advance(Duration by) {
    offered(Facility.CLOCK, harness.time()).accept(by);
    offset = offset.plus(by);
  }

  /** Ends an instance without closing it; the test is aborted when the harness declines that. */
  public void crash(P instance) {
    offered(Facility.CRASH, harness.crash()).accept(instance);
    others.remove(instance);
  }

  /** Instances that can be cut off; the test is aborted when the harness declines that. */
  public Outage<P> outage() {
    return offered(Facility.OUTAGE, harness.outage());
  }

  /** One more instance that can be cut off, closed at the end at the latest. */
  public P another(Outage<P> outage) {
    P open = outage.opening().get();
    others.add(open);
    return open;
  }

  /** What the harness offers; without it the test is declined by name, or it fails. */
  private <T> T offered(Facility facility, @Nullable T offer) {
    if (offer != null) {
      return offer;
    }
    String reason = harness.declined().get(facility);
    if (reason == null) {
      throw new AssertionError("the harness must offer " + facility + ", or decline it by name");
    }
    return Assumptions.abort("the harness declines " + facility + ": " + reason);
  }

  /**
   * Waits until something holds.
   *
   * @param what what is waited for, as a sentence
   */
  public void await(String what, BooleanSupplier condition) {
    Polling.until(what, harness.patience(), condition);
  }

  /** Watches for a moment that something goes on holding. */
  public void always(String what, BooleanSupplier condition) {
    Polling.during(what, harness.moment(), condition);
  }

  @Override
  public void close() {
    List.copyOf(others).forEach(this::close);
    closed(peer);
    closed(main);
    harness.closing().run();
  }

  private static void closed(@Nullable AutoCloseable instance) {
    try {
      if (instance != null) {
        instance.close();
      }
    } catch (Exception e) {
      throw new AssertionError("an instance could not be closed", e);
    }
  }
}
