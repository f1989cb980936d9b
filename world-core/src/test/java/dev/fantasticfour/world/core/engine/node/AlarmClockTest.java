package dev.fantasticfour.world.core.engine.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.core.engine.time.AlarmClock;
import dev.fantasticfour.world.core.virtual.Timeline;
import dev.fantasticfour.world.core.virtual.VirtualMachine;
import dev.fantasticfour.world.core.virtual.VirtualProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AlarmClockTest {

  private final Timeline timeline = Timeline.free();
  private final VirtualMachine machine =
      VirtualMachine.skewed(timeline, new VirtualProcess(), Instant.EPOCH, new Random(1));
  private final AlarmClock alarms = new AlarmClock("alarms", machine, machine::instant);
  private final List<String> woken = new ArrayList<>();
  private final Runnable early = () -> woken.add("early");
  private final Runnable late = () -> woken.add("late");

  @AfterEach
  void close() {
    timeline.close();
  }

  private Instant in(Duration time) {
    return machine.instant().plus(time);
  }

  @Test
  void sleepersAreWokenInTheOrderOfTheirTimesAndNotBefore() {
    alarms.set(late, in(Duration.ofSeconds(20)));
    alarms.set(early, in(Duration.ofSeconds(10)));
    timeline.sleep(Duration.ofMillis(9_999));
    assertThat(woken).isEmpty();
    timeline.sleep(Duration.ofMillis(51));
    assertThat(woken).containsExactly("early");
    timeline.sleep(Duration.ofSeconds(10));
    assertThat(woken).containsExactly("early", "late");
  }

  @Test
  void aSleeperHasOneAlarmTheLastThatWasSet() {
    alarms.set(early, in(Duration.ofSeconds(1)));
    alarms.set(early, in(Duration.ofSeconds(5)));
    timeline.sleep(Duration.ofSeconds(3));
    assertThat(woken).isEmpty();
    timeline.sleep(Duration.ofSeconds(30));
    assertThat(woken).containsExactly("early");
  }

  @Test
  void anAlarmCanBeTakenBack() {
    alarms.set(early, in(Duration.ofSeconds(1)));
    alarms.set(early, null);
    timeline.sleep(Duration.ofSeconds(5));
    assertThat(woken).isEmpty();
  }

  @Test
  void aSleeperThatFailsHarmsNoOther() {
    alarms.set(
        () -> {
          throw new IllegalStateException("in a bad mood");
        },
        in(Duration.ofSeconds(1)));
    alarms.set(late, in(Duration.ofSeconds(2)));
    alarms.set(
        () -> {
          throw new StackOverflowError("deep");
        },
        in(Duration.ofSeconds(1)));
    timeline.sleep(Duration.ofSeconds(5));
    assertThat(woken).containsExactly("late");
  }

  @Test
  void nothingRingsAfterTheClockIsClosed() {
    alarms.set(early, in(Duration.ofSeconds(1)));
    alarms.close();
    alarms.set(late, in(Duration.ofSeconds(1)));
    timeline.sleep(Duration.ofSeconds(5));
    assertThat(woken).isEmpty();
    assertThat(alarms.count()).isZero();
  }
}
