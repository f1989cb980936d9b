package dev.fantasticfour.world.core.engine.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.coroutine.Strand;
import dev.fantasticfour.world.core.engine.time.AlarmClock;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Threads of detached runs that do not end; the alarms go by a clock that is a minute ahead. */
class GoingThreadsTest {

  private static final RunId RUN = new RunId("wrun_01KJMMA2KV713W1HS5RA030AV6");
  private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final CountDownLatch interrupted = new CountDownLatch(1);
  private final AtomicBoolean mayGo = new AtomicBoolean();
  private final AtomicReference<Thread> thread = new AtomicReference<>();
  private final AtomicReference<Instant> now = new AtomicReference<>(BEGIN);
  private final AlarmClock alarms =
      new AlarmClock("test alarms", new SystemMachine(), () -> BEGIN.plus(Duration.ofMinutes(1)));
  private final GoingThreads going = new GoingThreads(alarms, now::get);
  private final Strand strand = new Strand(RUN.value(), this::thread, System::nanoTime);

  private Thread thread(Runnable body) {
    Thread made = Thread.ofVirtual().unstarted(body);
    thread.set(made);
    return made;
  }

  @AfterEach
  void close() throws Exception {
    letItGo();
    alarms.close();
  }

  private void letItGo() throws InterruptedException {
    mayGo.set(true);
    thread.get().interrupt();
    assertThat(thread.get().join(PATIENCE)).isTrue();
  }

  /** Detaches code that goes on until it is allowed to end, and waits for its first interrupt. */
  private void letOneGetStuck() throws InterruptedException {
    CountDownLatch inside = new CountDownLatch(1);
    var unused = strand.spawn(() -> goOnWhateverHappens(inside));
    Thread driver = Thread.ofVirtual().start(strand::runUntilQuiescent);
    inside.await();
    strand.detach();
    driver.join();
    going.watch(RUN, strand, () -> {});
    interrupted.await();
  }

  private void goOnWhateverHappens(CountDownLatch inside) {
    inside.countDown();
    while (!mayGo.get()) {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        interrupted.countDown();
      }
    }
  }

  @Test
  void aThreadThatDoesNotEndIsCounted() throws Exception {
    letOneGetStuck();

    assertThat(going.stuckThreads()).isOne();
  }

  @Test
  void itsRunIsNotLoadedAgain() throws Exception {
    letOneGetStuck();

    assertThat(going.isStuck(RUN)).isTrue();
  }

  @Test
  void itsRunIsLoadedHereAfterAllWhenNobodyElseHasTakenIt() throws Exception {
    letOneGetStuck();

    now.set(BEGIN.plus(Duration.ofMinutes(1)));

    assertThat(going.isStuck(RUN)).isFalse();
    assertThat(going.stuckThreads()).isOne();
  }

  @Test
  void itsRunIsLoadedAgainWhenItHasEndedAfterAll() throws Exception {
    letOneGetStuck();

    letItGo();

    assertThat(going.isStuck(RUN)).isFalse();
  }
}
