package dev.fantasticfour.world.core.engine.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Parts that are opened at the same time. */
@Timeout(60)
class OpeningTest {

  private final CountDownLatch otherHasFailed = new CountDownLatch(1);
  private final AtomicBoolean opened = new AtomicBoolean();

  private static String meet(CyclicBarrier barrier, String name) {
    try {
      barrier.await();
      return name;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private String openWhenTheOtherHasFailed() {
    await(otherHasFailed);
    opened.set(true);
    return "opened";
  }

  private String failWhenTheOtherHas(String words) {
    await(otherHasFailed);
    throw new IllegalStateException(words);
  }

  private String fail(String words) {
    otherHasFailed.countDown();
    throw new IllegalStateException(words);
  }

  @Test
  void eachOpensWhileTheOthersDo() {
    CyclicBarrier barrier = new CyclicBarrier(3);
    Opening opening = new Opening(new SystemMachine());
    Opening.Part<String> one = opening.begin(() -> meet(barrier, "one"));
    Opening.Part<String> other = opening.begin(() -> meet(barrier, "other"));

    String own = opening.await(() -> meet(barrier, "own"));

    assertThat(List.of(own, one.get(), other.get())).containsExactly("own", "one", "other");
  }

  @Test
  void theFailureOfTheCallersPartIsToldThoughItCameLast() {
    Opening opening = new Opening(new SystemMachine());
    opening.begin(() -> fail("the first"));

    assertThatThrownBy(() -> opening.await(() -> failWhenTheOtherHas("the caller's")))
        .hasMessage("the caller's")
        .hasNoSuppressedExceptions();
  }

  @Test
  void ofTheOthersThatOfThePartThatWasBegunFirstIsTold() {
    Opening opening = new Opening(new SystemMachine());
    opening.begin(() -> failWhenTheOtherHas("the first"));
    opening.begin(() -> fail("the second"));

    assertThatThrownBy(() -> opening.await(() -> "opened"))
        .hasMessage("the first")
        .hasNoSuppressedExceptions();
  }

  @Test
  void nothingIsOpenedAnyMoreWhenAFailureIsTold() {
    Opening opening = new Opening(new SystemMachine());
    opening.begin(this::openWhenTheOtherHasFailed);

    assertThatThrownBy(() -> opening.await(() -> fail("the caller's"))).hasMessage("the caller's");

    assertThat(opened).isTrue();
  }

  @Test
  void anErrorIsToldAsItIs() {
    Opening opening = new Opening(new SystemMachine());
    opening.begin(
        () -> {
          throw new NoClassDefFoundError("a driver");
        });

    assertThatThrownBy(() -> opening.await(() -> "opened"))
        .isExactlyInstanceOf(NoClassDefFoundError.class)
        .hasMessage("a driver");
  }

  @Test
  void whoeverIsInterruptedWaitsForAllAndIsInterruptedThen() {
    Opening opening = new Opening(new SystemMachine());
    opening.begin(this::openWhenTheOtherHasFailed);
    Thread.currentThread().interrupt();

    String own =
        opening.await(
            () -> {
              otherHasFailed.countDown();
              return "own";
            });

    assertThat(Thread.interrupted()).isTrue();
    assertThat(opened).isTrue();
    assertThat(own).isEqualTo("own");
  }

  @Test
  void whereThereIsNoThreadLeftTheCallerOpensAll() {
    RefusingMachine machine = new RefusingMachine();
    machine.refuse(1);
    Opening opening = new Opening(machine);
    Opening.Part<Thread> part = opening.begin(Thread::currentThread);

    assertThat(opening.await(Thread::currentThread)).isSameAs(Thread.currentThread());
    assertThat(part.get()).isSameAs(Thread.currentThread());
  }
}
