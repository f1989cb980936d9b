package dev.fantasticfour.world.core.engine.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PermitsTest {

  private final Machine machine = new SystemMachine();

  @Test
  void noMoreThanThatManyHaveOneAtOnce() {
    Permits permits = new Permits(machine, 3);
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 200; i++) {
        threads.submit(
            () -> {
              permits.take();
              most.accumulateAndGet(now.incrementAndGet(), Math::max);
              Thread.yield();
              now.decrementAndGet();
              permits.giveBack();
              return null;
            });
      }
    }

    assertThat(most.get()).isBetween(1, 3);
    assertThat(now).hasValue(0);
  }

  @Test
  void whoeverHasWaitedLongestIsNext() throws Exception {
    Permits permits = new Permits(machine, 1);
    permits.take();
    ConcurrentLinkedQueue<Integer> order = new ConcurrentLinkedQueue<>();
    List<Thread> waiting = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int number = i;
      Thread thread =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      permits.take();
                    } catch (InterruptedException e) {
                      return;
                    }
                    order.add(number);
                    permits.giveBack();
                  });
      waiting.add(thread);
      while (permits.waiting() <= number) {
        Thread.onSpinWait();
      }
    }

    permits.giveBack();

    for (Thread each : waiting) {
      each.join();
    }
    assertThat(List.copyOf(order)).isSorted().hasSize(20);
  }

  @Test
  void whoeverIsInterruptedTakesNoneThoughThereIsOne() throws Exception {
    Permits permits = new Permits(machine, 1);
    Thread.currentThread().interrupt();
    assertThat(catchThrowableOfType(InterruptedException.class, permits::take)).isNotNull();

    assertThat(permits.take(Duration.ZERO)).isTrue();
  }

  @Test
  void whoeverGivesUpTakesNone() throws Exception {
    Permits permits = new Permits(machine, 1);
    permits.take();
    assertThat(permits.take(Duration.ofMillis(1))).isFalse();
    assertThat(permits.take(Duration.ofSeconds(-1))).isFalse();
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Thread waiting =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    permits.take();
                    interrupted.complete(false);
                  } catch (InterruptedException e) {
                    interrupted.complete(true);
                  }
                });
    waiting.interrupt();
    assertThat(interrupted.get()).isTrue();

    permits.giveBack();

    assertThat(permits.waiting()).isZero();
    assertThat(permits.take(Duration.ZERO)).isTrue();
  }
}
