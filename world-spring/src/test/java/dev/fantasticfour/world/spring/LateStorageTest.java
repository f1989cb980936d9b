package dev.fantasticfour.world.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.memory.MemoryStorage;
import dev.fantasticfour.world.core.port.Storage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Storages that were away when they should have been opened. */
class LateStorageTest {

  private static final WorldException AWAY = new WorldException(ErrorCode.UNAVAILABLE, "away");

  private final MemoryStorage there = new MemoryStorage(InstantSource.system());
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger attempts = new AtomicInteger();
  private volatile WorldException answer = AWAY;
  private final OpenLater later = new OpenLater(this::open, AWAY, nanos::get);

  private Storage open() {
    attempts.incrementAndGet();
    WorldException refusal = answer;
    if (refusal != null) {
      throw refusal;
    }
    return there;
  }

  private void aSecondPasses() {
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
  }

  private void assertRefused(ErrorCode code) {
    assertThatThrownBy(later::get)
        .isInstanceOfSatisfying(WorldException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void whoeverAsksTooSoonIsRefusedAtOnceWithTheLastReason() {
    answer = null;

    assertThatThrownBy(later::get).hasMessageContaining("away");

    assertThat(attempts).hasValue(0);
  }

  @Test
  void whatAnswersIsOpenedOnce() {
    answer = null;
    aSecondPasses();

    assertThat(later.get()).isSameAs(there);
    aSecondPasses();
    assertThat(later.get()).isSameAs(there);

    assertThat(attempts).hasValue(1);
    assertThat(later.ifOpen()).isSameAs(there);
  }

  @Test
  void eachReasonIsSaidUntilItAnswers() {
    aSecondPasses();
    assertRefused(ErrorCode.UNAVAILABLE);
    answer = new WorldException(ErrorCode.INVALID_CONFIGURATION, "no tables");
    aSecondPasses();
    assertRefused(ErrorCode.INVALID_CONFIGURATION);
    assertThat(later.ifOpen()).isNull();
  }

  @Test
  void whatIsClosedIsOpenedNoMoreAndWhatWasOpenedIsClosed() {
    answer = null;
    aSecondPasses();
    Storage open = later.get();
    later.close();
    assertThatThrownBy(() -> open.builds()).isInstanceOf(WorldException.class);

    OpenLater other = new OpenLater(this::open, AWAY, nanos::get);
    other.close();
    aSecondPasses();
    assertThatThrownBy(other::get)
        .isInstanceOfSatisfying(
            WorldException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CLOSED));
  }

  @Test
  void onlyOneThatDoesNotAnswerIsOpenedLater() {
    answer = new WorldException(ErrorCode.INVALID_CONFIGURATION, "no tables");
    assertThatThrownBy(() -> LateStorage.open(this::open)).isSameAs(answer);
    answer = null;
    assertThat(LateStorage.open(this::open)).isSameAs(there);
    answer = AWAY;
    Storage storage = LateStorage.open(this::open);
    assertThat(storage.declined()).isEmpty();
    assertThatThrownBy(storage::builds).hasMessageContaining("away");
    storage.close();
  }
}
