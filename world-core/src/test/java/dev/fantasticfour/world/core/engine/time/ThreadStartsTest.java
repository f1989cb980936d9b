package dev.fantasticfour.world.core.engine.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Threads that the machine does not start at once. */
class ThreadStartsTest {

  private final RefusingThreads threads = new RefusingThreads();
  private final ThreadStarts starts = new ThreadStarts(new SystemMachine());
  private final CountDownLatch run = new CountDownLatch(3);

  private void start() {
    starts.start(() -> threads.newThread(run::countDown).start());
  }

  @Test
  void whatCannotBeStartedNowIsStartedLaterAndNoneIsForgotten() throws InterruptedException {
    threads.refuse(4);
    start();
    start();
    start();
    starts.startRefused();
    assertThat(run.getCount()).isEqualTo(3);

    starts.startRefused();

    assertThat(run.await(20, TimeUnit.SECONDS)).isTrue();
    starts.startRefused();
  }
}
