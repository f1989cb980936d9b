package dev.fantasticfour.world.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Queue.Answer;
import dev.fantasticfour.world.core.port.Queue.Message;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The queues that belong to one worker each, and what is left of them. */
final class WorkerQueuesTest extends QueueScene {

  /** A process that lives long sees many workers come and go, and each of them is sent hints. */
  @Test
  void ofTheQueuesOfDeadWorkersOnlyThoseOfTheLastHourAreKept() {
    put(message("for anybody"));
    for (int worker = 0; worker < 100; worker++) {
      String own = Queue.OF_A_WORKER + worker;
      queue.enqueue(
          List.of(
              new Message("hint " + worker, own, null, Map.of(), Duration.ZERO, "run", 0),
              new Message("later " + worker, own, null, Map.of(), Duration.ofMinutes(5), null, 0)));
      clock.advance(Duration.ofMinutes(10));
    }
    assertThat(store.names()).hasSizeLessThan(10).contains("q", Queue.OF_A_WORKER + 99);
    assertThat(queue.stats("q").ready()).isEqualTo(1);
  }

  @Test
  void whatAWorkerHasInItsHandsIsKeptAndWhatIsLookedForLeavesNothing() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    String own = Queue.OF_A_WORKER + "slow";
    queue.subscribe(
        own,
        1,
        delivery -> {
          begun.countDown();
          go.await();
          return Answer.DONE;
        });
    queue.enqueue(List.of(new Message("1", own, null, Map.of(), Duration.ZERO, null, 0)));
    begun.await();
    clock.advance(Duration.ofHours(3));
    queue.enqueue(
        List.of(
            new Message("2", Queue.OF_A_WORKER + "new", null, Map.of(), Duration.ZERO, null, 0)));
    assertThat(store.names()).contains(own);
    go.countDown();
    assertThat(queue.stats(Queue.OF_A_WORKER + "never").ready()).isZero();
    assertThat(queue.missing(Queue.OF_A_WORKER + "never", List.of("k"))).containsExactly("k");
    assertThat(store.names()).doesNotContain(Queue.OF_A_WORKER + "never");
  }
}
