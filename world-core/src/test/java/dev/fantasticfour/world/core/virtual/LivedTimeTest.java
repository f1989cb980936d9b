package dev.fantasticfour.world.core.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What counts of real time, when somebody waits in vain, and what does not. */
@Timeout(60)
class LivedTimeTest {

  private static final long MILLI = 1_000_000;

  private long clock = 17;
  private long processor;
  private boolean mayGoOn = true;
  private final LivedTime lived = new LivedTime(() -> clock, () -> processor, () -> mayGoOn);

  private void pass(long millis) {
    clock += millis * MILLI;
  }

  @Test
  void whoWaitsOnAFreeMachineWaitsInRealTime() {
    for (int i = 0; i < 200; i++) {
      pass(5);
      assertThat(lived.waiting()).isEqualTo((i + 1) * 5 * MILLI);
    }
  }

  @Test
  void aProcessThatIsStoppedLivesATenthOfThatTime() {
    pass(100_000);
    assertThat(lived.waiting()).isEqualTo(10_000 * MILLI);
  }

  @Test
  void whereOthersCannotGoOnNobodyWaitsInVain() {
    mayGoOn = false;
    for (int i = 0; i < 200; i++) {
      pass(5);
      assertThat(lived.waiting()).isEqualTo((i + 1) * MILLI / 2);
    }
  }

  @Test
  void whoComputesLivesByTheProcessor() {
    for (int i = 0; i < 1_000; i++) {
      pass(5);
      // It gets a fifth of a processor, and is told so every 50 ms.
      processor += i % 10 == 9 ? 10 * MILLI : 0;
      long unused = lived.computing();
    }
    assertThat(lived.nanos()).isBetween(900 * MILLI, 1_600 * MILLI);
  }

  @Test
  void whatTheProcessorDidBeforeIsNoTimeOfWhoComputesNow() {
    processor += 100_000 * MILLI;
    for (int i = 0; i < 100; i++) {
      pass(5);
      long unused = lived.computing();
    }
    assertThat(lived.nanos()).isLessThan(150 * MILLI);
  }

  @Test
  void whileSomethingHappensTimePasses() {
    mayGoOn = false;
    pass(8);
    assertThat(lived.happening()).isEqualTo(8 * MILLI);
  }

  /** Every carrier of virtual threads is taken for longer than anybody would wait. */
  @Test
  void threadsThatGetNoProcessorHaveNotWaitedInVain() throws Exception {
    int carriers = Runtime.getRuntime().availableProcessors();
    CountDownLatch began = new CountDownLatch(carriers);
    long until = System.nanoTime() + 1_000 * MILLI;
    for (int i = 0; i < carriers; i++) {
      Thread unused =
          Thread.ofVirtual()
              .start(
                  () -> {
                    began.countDown();
                    while (System.nanoTime() < until) {
                      Thread.onSpinWait();
                    }
                  });
    }
    began.await();
    try (Timeline timeline = Timeline.held(Duration.ofMillis(200))) {
      VirtualProcess process = new VirtualProcess();
      CountDownLatch done = new CountDownLatch(1);
      timeline.start(process, "starved", done::countDown);
      timeline.awaitIdle();
      assertThat(done.getCount()).isZero();
      assertThat(System.nanoTime()).isGreaterThanOrEqualTo(until);
    }
  }

  @Test
  void whoBlocksOnAFreeMachineIsFoundInTime() {
    try (Timeline timeline = Timeline.held(Duration.ofMillis(200))) {
      VirtualProcess process = new VirtualProcess();
      CountDownLatch never = new CountDownLatch(1);
      timeline.start(
          process,
          "blocks",
          () -> {
            try {
              never.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
      assertThatThrownBy(timeline::awaitIdle)
          .isInstanceOf(TimeStandsStill.class)
          .hasMessageContaining("nothing has happened")
          .hasMessageContaining("CountDownLatch");
    }
  }
}
