package dev.fantasticfour.world.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedMethod;

import dev.fantasticfour.world.core.memory.MemoryStorage;
import dev.fantasticfour.world.core.memory.MemoryStore;
import dev.fantasticfour.world.core.port.Storage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** What a test needs is offered, or declined by name; nothing is skipped in silence. */
final class UndeclaredTest {

  private static Harness<Storage> harness() {
    MemoryStore store = new MemoryStore(new MovableClock());
    return Harness.of(() -> new MemoryStorage(store));
  }

  static final class Silent extends StorageTck {
    @Override
    public Harness<Storage> harness() {
      return UndeclaredTest.harness();
    }
  }

  static final class Outspoken extends StorageTck {
    @Override
    public Harness<Storage> harness() {
      return UndeclaredTest.harness().without(Facility.CLOCK, "it stands still");
    }
  }

  private static Events testThatNeedsAClock(Class<?> kit) {
    return EngineTestKit.engine("junit-jupiter")
        .selectors(
            selectNestedMethod(
                List.of(kit),
                StorageTck.StepStarts.class,
                "theStoresClockSaysWhenAStepsTimeHasCome",
                "dev.fantasticfour.world.tck.storage.StorageScene"))
        .execute()
        .testEvents();
  }

  @Test
  void aTestWhoseNeedIsNeitherOfferedNorDeclinedFails() {
    assertThat(testThatNeedsAClock(Silent.class).failed().count()).isEqualTo(1);
  }

  @Test
  void aTestWhoseNeedIsDeclinedIsAborted() {
    assertThat(testThatNeedsAClock(Outspoken.class).aborted().count()).isEqualTo(1);
  }
}
