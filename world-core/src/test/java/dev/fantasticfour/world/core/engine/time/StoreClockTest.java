package dev.fantasticfour.world.core.engine.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StoreClockTest {

  private static final Instant STORE = Instant.parse("2026-03-01T12:00:00Z");

  private final StoppedMachine machine = new StoppedMachine();
  private final StoreClock clock = new StoreClock(machine);

  private void answered(Instant storeTime, Duration underWay) {
    long sent = machine.nanos();
    machine.pass(underWay);
    clock.set(storeTime, sent);
  }

  @Test
  void isNotAheadOfAStoreWhoseAnswerWasSlow() {
    answered(STORE, Duration.ofMillis(20));

    assertThat(clock.instant()).isEqualTo(STORE);
  }

  @Test
  void goesOnWithTheMonotonicClock() {
    answered(STORE, Duration.ofMillis(20));
    machine.pass(Duration.ofSeconds(3));

    assertThat(clock.instant()).isEqualTo(STORE.plusSeconds(3));
  }

  @Test
  void catchesUpWithAnAnswerThatWasQuicker() {
    answered(STORE, Duration.ofMillis(20));

    answered(STORE.plusMillis(30), Duration.ofMillis(1));

    assertThat(clock.instant()).isEqualTo(STORE.plusMillis(30));
  }

  @Test
  void doesNotGoBackForAnAnswerThatWasSlower() {
    answered(STORE, Duration.ZERO);

    answered(STORE, Duration.ofMillis(50));

    assertThat(clock.instant()).isEqualTo(STORE.plusMillis(50));
  }

  @Test
  void followsAStoreWhoseClockWasSetBack() {
    answered(STORE, Duration.ZERO);

    answered(STORE.minusSeconds(60), Duration.ofMillis(2));

    assertThat(clock.instant()).isEqualTo(STORE.minusSeconds(60).plusMillis(2));
  }
}
