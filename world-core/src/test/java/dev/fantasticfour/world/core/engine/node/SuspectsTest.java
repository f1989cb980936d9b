package dev.fantasticfour.world.core.engine.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.engine.time.StoppedMachine;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SuspectsTest {

  private final StoppedMachine machine = new StoppedMachine();
  private final Suspects suspects = new Suspects(machine);
  private final IdSource ids = IdSource.system();
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

  @Test
  void oneIsOnProbationAtATime() {
    assertThat(suspects.mayTake(one, 1)).isFalse();
    assertThat(suspects.mayTake(other, 1)).isFalse();
    machine.pass(Duration.ofSeconds(1));
    assertThat(suspects.mayTake(one, 1)).isTrue();
    assertThat(suspects.mayTake(other, 1)).isFalse();
    assertThat(suspects.admit(one)).isTrue();
    assertThat(suspects.admit(other)).isFalse();

    suspects.clear(one);
    assertThat(suspects.mayTake(other, 1)).isTrue();
  }

  @Test
  void aRunThatOthersTookIsForgotten() {
    assertThat(suspects.mayTake(one, 1)).isFalse();
    suspects.keepOnly(Set.of(other));
    machine.pass(Duration.ofSeconds(1));
    assertThat(suspects.mayTake(one, 1)).isFalse();
  }
}
