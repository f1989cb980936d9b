package dev.fantasticfour.world.core.engine.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.core.engine.time.RefusingThreads;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class FoldedCallsTest {

  private final RefusingThreads threads = new RefusingThreads();
  private final Queue<String> called = new ConcurrentLinkedQueue<>();
  private final FoldedCalls<String> calls =
      new FoldedCalls<>("test", 10, Duration.ZERO, called::addAll, threads);

  @Test
  void whatNoThreadCouldBeStartedForGoesWithWhatIsAddedNext() {
    threads.refuse(1);
    calls.add("a");
    assertThat(calls.awaitIdle(Duration.ofSeconds(20))).isTrue();
    assertThat(called).isEmpty();

    calls.add("b");

    assertThat(calls.awaitIdle(Duration.ofSeconds(20))).isTrue();
    assertThat(called).containsExactly("a", "b");
  }

  @Test
  void orWhenSomebodyLooksAgain() {
    threads.refuse(2);
    calls.add("a");
    calls.addNothing();
    assertThat(called).isEmpty();

    calls.addNothing();

    assertThat(calls.awaitIdle(Duration.ofSeconds(20))).isTrue();
    assertThat(called).containsExactly("a");
  }
}
