package dev.fantasticfour.world.tck;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the kit needs to know of an adapter: how to open it, and what it can do for a test.
 *
 * <pre>{@code
 * Harness.of(() -> new MyStorage(database))   // each call opens another instance over one store
 *     .withTime(offset::advance)              // or .without(Facility.CLOCK, "it is the server's")
 *     .without(Facility.CRASH, "it holds nothing that a crash would lose")
 *     .withRounds(40)                         // optional: how often each race is run
 *     .closedBy(database::drop)
 * }</pre>
 *
 * <p>The kit uses names and ids of its own in every test, so that a store may be shared by all
 * tests and need not be empty. A test that needs a {@link Facility} which is neither offered nor
 * declined fails.
 *
 * @param opening opens an instance; several are to each other what several processes are
 * @param time moves the store's clock by that much for all instances, backwards too; null when it
 *     cannot be moved. It starts at the time of the machine
 * @param crash ends an instance as the death of its process would, without closing it; null when
 *     that cannot be done
 * @param outage instances that can be cut off from their store; null when there are none
 * @param declined what the surroundings cannot do, and why
 * @param closing frees what the harness holds, after the last test
 * @param rounds how often each race is run; the system property {@value #ROUNDS} overrides it, for
 *     every race alike
 * @param patience how long the kit waits for something that should come
 * @param moment how long the kit watches that something does not come
 */
public record Harness<P extends AutoCloseable>(
    Supplier<P> opening,
    @Nullable Consumer<Duration> time,
    @Nullable Consumer<P> crash,
    @Nullable Outage<P> outage,
    Map<Facility, String> declined,
    Runnable closing,
    int rounds,
    Duration patience,
    Duration moment) {

  /** How often each race is run when nothing else is said. */
  public static final int FULL_ROUNDS = 200;

  /** The system property that says how often each race is run. */
  public static final String ROUNDS = "world.tck.rounds";

  /** The system property that has large data made in full size. */
  public static final String FULL = "world.tck.full";

  public Harness {
    declined = Map.copyOf(declined);
    rounds = Integer.getInteger(ROUNDS, rounds);
  }

  /** A harness over that way of opening an instance. */
  public static <P extends AutoCloseable> Harness<P> of(Supplier<P> opening) {
    return new Harness<>(
        opening,
        null,
        null,
        null,
        Map.of(),
        () -> {},
        FULL_ROUNDS,
        Duration.ofSeconds(45),
        Duration.ofMillis(150));
  }

  /** The size that was asked for: the second with {@value #FULL}. */
  public static int sized(int usual, int full) {
    return Boolean.getBoolean(FULL) ? full : usual;
  }

  /** The same, with a clock that can be moved. */
  public Harness<P> withTime(Consumer<Duration> newTime) {
    return new Harness<>(
        opening, newTime, crash, outage, declined, closing, rounds, patience, moment);
  }

  /** The same, with instances that can be made to crash. */
  public Harness<P> withCrash(Consumer<P> newCrash) {
    return new Harness<>(
        opening, time, newCrash, outage, declined, closing, rounds, patience, moment);
  }

  /** The same, with instances that can be cut off from their store. */
  public Harness<P> withOutage(Outage<P> newOutage) {
    return new Harness<>(
        opening, time, crash, newOutage, declined, closing, rounds, patience, moment);
  }

  /** The same, without that facility; the reason stands in the report. */
  public Harness<P> without(Facility facility, String reason) {
    EnumMap<Facility, String> more = new EnumMap<>(Facility.class);
    more.putAll(declined);
    more.put(facility, reason);
    return new Harness<>(opening, time, crash, outage, more, closing, rounds, patience, moment);
  }

  /** The same, with something to do after the last test. */
  public Harness<P> closedBy(Runnable newClosing) {
    return new Harness<>(
        opening, time, crash, outage, declined, newClosing, rounds, patience, moment);
  }

  /** The same, with that many rounds of each race. */
  public Harness<P> withRounds(int newRounds) {
    return new Harness<>(
        opening, time, crash, outage, declined, closing, newRounds, patience, moment);
  }
}
