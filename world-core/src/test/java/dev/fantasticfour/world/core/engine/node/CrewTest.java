package dev.fantasticfour.world.core.engine.node;

import static org.assertj.core.api.Assertions.assertThat;

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

class CrewTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Timeline timeline = Timeline.free();
  private final VirtualMachine machine =
      VirtualMachine.skewed(timeline, new VirtualProcess(), Instant.EPOCH, new Random(1));
  private final Crew crew = new Crew(machine, "crew", 3);
  private final List<Integer> begun = new ArrayList<>();
  private int underWay;
  private int mostUnderWay;

  @AfterEach
  void close() {
    timeline.close();
  }

  private void give(int tasks) {
    for (int i = 0; i < tasks; i++) {
      int task = i;
      crew.give(() -> lasting(task));
    }
  }

  private void lasting(int task) {
    begun.add(task);
    mostUnderWay = Math.max(mostUnderWay, ++underWay);
    timeline.sleep(SECOND);
    underWay--;
  }

  @Test
  void allIsDoneInTheOrderOfGiving() {
    give(10);
    timeline.sleep(SECOND.multipliedBy(5));
    assertThat(begun).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
  }

  @Test
  void noMoreIsUnderWayThanThereAreThreads() {
    give(10);
    timeline.sleep(SECOND.multipliedBy(5));
    assertThat(mostUnderWay).isEqualTo(3);
  }

  @Test
  void aThreadThatHasNothingToDoEndsAndAnotherComesWhenThereIs() {
    give(1);
    timeline.sleep(SECOND.multipliedBy(2));
    give(1);
    timeline.sleep(SECOND.multipliedBy(2));
    assertThat(machine.starts()).isEqualTo(2);
    assertThat(begun).hasSize(2);
  }
}
