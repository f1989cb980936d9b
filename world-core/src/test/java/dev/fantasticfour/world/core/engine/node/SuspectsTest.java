package dev.fantasticfour.world.core.engine.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.engine.time.StoppedMachine;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SuspectsTest {

  private static final Duration LONG = Duration.ofMinutes(5);

  private final StoppedMachine machine = new StoppedMachine();
  private final AtomicInteger rooms = new AtomicInteger();
  private final Suspects suspects = new Suspects(machine, rooms::incrementAndGet);
  private final IdSource ids = IdSource.of(new SystemMachine());
  private final RunId one = ids.run();
  private final RunId other = ids.run();

  @Test
  void aSuspiciousRunIsTakenAfterAPauseThatDoublesWithItsLosses() {
    assertThat(suspects.mayTake(one, 4)).isFalse();
    machine.pass(Duration.ofMillis(7_999));
    assertThat(suspects.mayTake(one, 4)).isFalse();
    machine.pass(Duration.ofMillis(1));
    assertThat(suspects.mayTake(one, 4)).isTrue();
  }

  @Test
  void theLongestPauseIsSomeMinutes() {
    assertThat(suspects.mayTake(one, 9)).isFalse();
    machine.pass(Duration.ofSeconds(255));
    assertThat(suspects.mayTake(one, 9)).isFalse();
    machine.pass(Duration.ofSeconds(1));
    assertThat(suspects.mayTake(one, 9)).isTrue();
  }

  @Test
  void aRunThatIsToStandDoesNotWaitForIt() {
    assertThat(suspects.mayTake(one, 10)).isTrue();
    assertThat(suspects.mayTake(other, 11)).isFalse();

    suspects.clear(one);
    assertThat(suspects.mayTake(other, 11)).isTrue();
  }

  /** How many of a hundred with so many losses are taken together. */
  private int together(int losses) {
    List<RunId> runs = Stream.generate(ids::run).limit(100).toList();
    runs.forEach(run -> suspects.mayTake(run, losses));
    machine.pass(LONG);
    List<RunId> taken = runs.stream().filter(run -> suspects.mayTake(run, losses)).toList();
    runs.forEach(suspects::clear);
    return taken.size();
  }

  @Test
  void groupsGetSmallerWithEveryLoss() {
    assertThat(List.of(together(1), together(2), together(3), together(4), together(9)))
        .containsExactly(64, 16, 4, 1, 1);
  }

  @Test
  void whoeverIsAloneIsAloneAmongAllSuspects() {
    assertThat(suspects.mayTake(one, 4) || suspects.mayTake(other, 1)).isFalse();
    machine.pass(Duration.ofSeconds(8));
    assertThat(suspects.mayTake(one, 4)).isTrue();
    assertThat(suspects.mayTake(other, 1)).isFalse();
    assertThat(suspects.admit(one, 4)).isTrue();
    assertThat(suspects.admit(other, 1)).isFalse();
    assertThat(rooms).hasValue(0);

    suspects.clear(one);
    assertThat(rooms).hasValue(1);
    assertThat(suspects.mayTake(other, 1)).isTrue();
    assertThat(suspects.admit(one, 4)).isFalse();
  }

  @Test
  void nobodyOvertakesARunThatWaitsForASmallerGroup() {
    RunId third = ids.run();
    assertThat(suspects.mayTake(one, 1)).isFalse();
    machine.pass(Duration.ofSeconds(1));
    assertThat(suspects.mayTake(one, 1)).isTrue();
    assertThat(suspects.mayTake(other, 4)).isFalse();
    machine.pass(Duration.ofSeconds(8));
    assertThat(suspects.mayTake(other, 4) || suspects.mayTake(third, 1)).isFalse();
    suspects.keepOnly(Set.of(other, third));
    machine.pass(Duration.ofSeconds(1));

    assertThat(suspects.mayTake(third, 1)).isFalse();
    suspects.clear(one);
    assertThat(suspects.mayTake(third, 1)).isFalse();
    assertThat(suspects.mayTake(other, 4)).isTrue();
  }

  @Test
  void whoeverIsThereForLongEnoughIsNotWaitedFor() {
    assertThat(suspects.mayTake(one, 4) || suspects.mayTake(other, 4)).isFalse();
    machine.pass(Duration.ofSeconds(8));
    assertThat(suspects.mayTake(one, 4)).isTrue();
    machine.pass(Duration.ofMinutes(8).minusSeconds(1));
    assertThat(suspects.mayTake(other, 4)).isFalse();
    machine.pass(Duration.ofSeconds(1));
    assertThat(suspects.mayTake(other, 4)).isTrue();
  }

  @Test
  void aRunThatOthersTookIsForgotten() {
    assertThat(suspects.mayTake(one, 1)).isFalse();
    suspects.keepOnly(Set.of(other));
    machine.pass(Duration.ofSeconds(1));
    assertThat(suspects.mayTake(one, 1)).isFalse();
  }
}
