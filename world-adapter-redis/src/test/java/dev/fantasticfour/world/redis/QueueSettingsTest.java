package dev.fantasticfour.world.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.port.Queue;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How long a message is tried. */
final class QueueSettingsTest {

  @Test
  void allAttemptsTogetherSpanHoursSoThatAnOutageBuriesNothing() {
    QueueSettings usual = QueueSettings.of(WorldConfig.defaults());

    long millis = IntStream.range(1, Queue.MAX_ATTEMPTS).mapToLong(usual::pauseMillis).sum();

    assertThat(Duration.ofMillis(millis)).isGreaterThan(Duration.ofHours(6));
  }
}
