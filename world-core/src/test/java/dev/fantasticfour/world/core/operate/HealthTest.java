package dev.fantasticfour.world.core.operate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Health.Trouble;
import dev.fantasticfour.world.core.operate.Health.Probe;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an orchestrator is told of what a world says of itself. */
class HealthTest {

  private static final Trouble QUEUE_AWAY =
      new Trouble(
          "sending wake-ups",
          "workers find the runs by their sweep",
          Instant.EPOCH,
          3,
          "Redis is away");

  private static Health of(boolean started, boolean live, boolean ready, Trouble... troubles) {
    return Health.of(
        new dev.fantasticfour.world.api.Health(started, live, ready, List.of(troubles)));
  }

  @Test
  void ofWhatIsWellNoReasonIsGiven() {
    assertThat(of(true, true, true))
        .isEqualTo(
            new Health(new Probe(true, ""), new Probe(true, ""), new Probe(true, ""), List.of()));
  }

  /** OBS-14. */
  @Test
  void aQueueThatIsAwayDegradesAWorkerThatStaysReady() {
    Health health = of(true, true, true, QUEUE_AWAY);

    assertThat(health.ready().up()).isTrue();
    assertThat(health.degraded())
        .singleElement()
        .satisfies(
            what ->
                assertThat(what)
                    .contains("sending wake-ups", "1970", "by their sweep", "Redis is away"));
  }

  @Test
  void aWorkerThatIsNotConfirmedIsLiveAndNotReady() {
    Health health = of(true, true, false);

    assertThat(health.live().up()).isTrue();
    assertThat(health.ready().up()).isFalse();
    assertThat(health.ready().reason()).contains("within the last lease");
  }

  @Test
  void aProcessThatIsOnlyAClientIsToldThatItHasNoWorker() {
    Health health = of(false, true, false);

    assertThat(health.live().up()).isTrue();
    assertThat(health.started().reason()).contains("only a client");
    assertThat(health.ready().reason()).isEqualTo(health.started().reason());
  }

  @Test
  void onlyAProcessWhoseThreadsStandStillIsToBeRestarted() {
    Health health = of(true, false, true);

    assertThat(health.live().up()).isFalse();
    assertThat(health.live().reason()).contains("restart the process");
  }
}
