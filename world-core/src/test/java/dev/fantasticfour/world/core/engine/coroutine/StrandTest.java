package dev.fantasticfour.world.core.engine.coroutine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.error.RunDetached;
import dev.fantasticfour.world.core.engine.coroutine.Strand.Coroutine;
import dev.fantasticfour.world.core.engine.time.RefusingThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The cooperative scheduler of one run. */
class StrandTest {

  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final Strand strand = new Strand("run", this::thread, System::nanoTime);

  private Thread thread(Runnable body) {
    Thread thread = Thread.ofVirtual().unstarted(body);
    threads.add(thread);
    return thread;
  }

  private void awaitThreads() throws InterruptedException {
    for (Thread thread : threads) {
      if (thread.getState() != Thread.State.NEW) {
        assertThat(thread.join(Duration.ofSeconds(20))).isTrue();
      }
    }
  }

  /** A coroutine that notes its name, parks, and notes it again. */
  private Coroutine noting(String name) {
    AtomicReference<Coroutine> self = new AtomicReference<>();
    self.set(
        strand.spawn(
            () -> {
              seen.add(name);
              self.get().park();
              seen.add(name + " again");
            }));
    return self.get();
  }

  @Test
  void aThreadThatCannotBeStartedEndsTheTurnAndWedgesNobody() throws InterruptedException {
    RefusingThreads scant = new RefusingThreads();
    Strand strand2 =
        new Strand(
            "run",
            body -> {
              Thread thread = scant.newThread(body);
              threads.add(thread);
              return thread;
            },
            System::nanoTime);
    AtomicReference<Coroutine> self = new AtomicReference<>();
    self.set(
        strand2.spawn(
            () -> {
              seen.add("first");
              scant.refuse(1);
              self.get().park();
              seen.add("goes on");
            }));
    strand2.spawn(() -> seen.add("second"));

    assertThatThrownBy(strand2::runUntilQuiescent)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("could not be started")
        .hasCauseInstanceOf(OutOfMemoryError.class);
    strand2.detach();

    awaitThreads();
    assertThat(seen).containsExactly("first");
    assertThat(strand2.alive()).isZero();
  }

  @Test
  void coroutinesGoOnInTheOrderTheyWereMade() {
    noting("a");
    noting("b");

    strand.runUntilQuiescent();

    assertThat(seen).containsExactly("a", "b");
  }

  @Test
  void coroutinesGoOnInTheOrderTheyWereWoken() {
    Coroutine a = noting("a");
    Coroutine b = noting("b");
    strand.runUntilQuiescent();

    strand.wake(b);
    strand.wake(a);
    strand.runUntilQuiescent();

    assertThat(seen).containsExactly("a", "b", "b again", "a again");
  }

  @Test
  void aCoroutineThatHasEndedIsNotAlive() throws Exception {
    var unused = strand.spawn(() -> seen.add("only"));
    strand.runUntilQuiescent();

    awaitThreads();
    assertThat(strand.alive()).isZero();
  }

  @Test
  void whatACoroutineMakesGoesOnBeforeTheRunIsQuiescent() {
    var unused = strand.spawn(() -> noting("child"));
    strand.runUntilQuiescent();

    assertThat(seen).containsExactly("child");
  }

  @Test
  void aParkedCoroutineEndsWhenItIsDetached() throws Exception {
    noting("a");
    strand.runUntilQuiescent();

    strand.detach();

    awaitThreads();
    assertThat(strand.alive()).isZero();
    assertThat(seen).containsExactly("a");
  }

  @Test
  void oneThatNeverBeganNeverDoes() {
    noting("a");

    strand.detach();
    strand.runUntilQuiescent();

    assertThat(strand.alive()).isZero();
    assertThat(seen).isEmpty();
  }

  @Test
  void oneMadeAfterDetachingNeverBeginsAndIsNotCounted() {
    strand.detach();

    noting("late");

    assertThat(strand.alive()).isZero();
  }

  @Test
  void theDriverGetsControlBackWhenAnotherThreadDetaches() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    var unused =
        strand.spawn(
            () -> {
              inside.countDown();
              awaitQuietly(release);
            });
    Thread driver = Thread.ofVirtual().start(strand::runUntilQuiescent);
    inside.await();

    strand.detach();

    assertThat(driver.join(Duration.ofSeconds(20))).isTrue();
    assertThat(strand.interruptAlive()).hasSize(1);
    release.countDown();
    awaitThreads();
  }

  @Test
  void anInterruptOfParkedCodeIsGivenBackToIt() throws Exception {
    AtomicReference<Coroutine> self = new AtomicReference<>();
    self.set(
        strand.spawn(
            () -> {
              Thread.currentThread().interrupt();
              self.get().park();
              seen.add("interrupted " + Thread.interrupted());
            }));
    strand.runUntilQuiescent();
    strand.wake(self.get());
    strand.runUntilQuiescent();

    assertThat(seen).containsExactly("interrupted true");
  }

  @Test
  void parkingAfterDetachingThrows() throws Exception {
    List<Throwable> thrown = new ArrayList<>();
    AtomicReference<Coroutine> self = new AtomicReference<>();
    self.set(
        strand.spawn(
            () -> {
              for (int i = 0; i < 3; i++) {
                try {
                  self.get().park();
                } catch (RunDetached e) {
                  thrown.add(e);
                }
              }
            }));
    strand.runUntilQuiescent();

    strand.detach();

    awaitThreads();
    assertThat(thrown).hasSize(3);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        // This one does not go when it is asked to.
      }
    }
  }
}
