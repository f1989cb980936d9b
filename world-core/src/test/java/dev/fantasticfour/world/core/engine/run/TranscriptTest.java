package dev.fantasticfour.world.core.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Made-up workflows under every kind of trouble do the same again when their log is told again.
 * {@code -Dworld.transcript.seeds=100000} plays more of them, {@code -Dworld.transcript.seed=17}
 * one alone.
 */
class TranscriptTest {

  private static final int IN_EVERY_BUILD = 2_000;

  @Test
  void whatHappenedLiveHappensAgainWhenTheLogIsToldAgain() throws Exception {
    Long alone = Long.getLong("world.transcript.seed");
    int seeds = Integer.getInteger("world.transcript.seeds", IN_EVERY_BUILD);
    long first = alone == null ? 0 : alone;
    long last = alone == null ? seeds : alone + 1;
    AtomicLong next = new AtomicLong(first);
    AtomicLong comparisons = new AtomicLong();
    AtomicReference<String> failure = new AtomicReference<>();
    Thread[] players =
        IntStream.range(0, 2)
            .mapToObj(
                i ->
                    Thread.ofVirtual()
                        .start(
                            () -> {
                              for (long seed = next.getAndIncrement();
                                  seed < last && failure.get() == null;
                                  seed = next.getAndIncrement()) {
                                comparisons.addAndGet(play(seed, failure));
                              }
                            }))
            .toArray(Thread[]::new);
    for (Thread player : players) {
      player.join();
    }
    assertThat(failure.get()).isNull();
    assertThat(comparisons.get()).isGreaterThan((last - first) / 2);
  }

  private static int play(long seed, AtomicReference<String> failure) {
    TranscriptGame game = new TranscriptGame(seed);
    try {
      return game.play();
    } catch (Throwable e) {
      StringBuilder text = new StringBuilder("seed " + seed + ": " + e);
      text.append("\nscript: ").append(game.script()).append("\nlog:");
      game.log()
          .forEach(
              event ->
                  text.append("\n  ")
                      .append(event.position())
                      .append(event.byOwner() ? " seen " + event.seen() : " by others")
                      .append(' ')
                      .append(event.batchId())
                      .append(' ')
                      .append(event.correlationId())
                      .append(' ')
                      .append(event.fact()));
      if (!(e instanceof AssertionError)) {
        text.append("\nat ").append(java.util.Arrays.toString(e.getStackTrace()));
      }
      failure.compareAndSet(null, text.toString());
      return 0;
    }
  }
}
