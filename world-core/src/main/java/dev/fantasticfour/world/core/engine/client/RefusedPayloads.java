package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.core.engine.time.LogLimit;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that payloads were refused, once a minute per name of a hook however many come: whoever
 * sends is told by an exception, whoever looks after the workflow by this. Neither the payload nor
 * the token is in it, nor where the payload does not fit, since keys of a map are payload, too.
 * Safe for any number of threads.
 */
final class RefusedPayloads {

  private static final Logger LOG = LoggerFactory.getLogger(RefusedPayloads.class);
  private static final Duration PERIOD = Duration.ofMinutes(1);

  /** Whoever sends may make names up: no more of them are told apart. */
  private static final int MOST_NAMES = 1_000;

  private final LongSupplier nanos;
  private final Map<String, LogLimit> limits = new ConcurrentHashMap<>();

  /**
   * @param nanos the monotonic clock
   */
  RefusedPayloads(LongSupplier nanos) {
    this.nanos = nanos;
  }

  void happened(HookType<?> type) {
    OptionalLong silent = limitOf(type.name()).happened();
    if (silent.isPresent()) {
      LOG.warn(
          "a payload for hook '{}' was refused and not sent, because it cannot be read as {}{}; its"
              + " sender was told where it does not fit",
          type.name(),
          type.payload(),
          silent.getAsLong() == 0
              ? ""
              : " (" + silent.getAsLong() + " more for this hook since the last such line)");
    }
  }

  private LogLimit limitOf(String hook) {
    if (limits.size() >= MOST_NAMES && !limits.containsKey(hook)) {
      limits.clear();
    }
    return limits.computeIfAbsent(hook, name -> new LogLimit(PERIOD, nanos));
  }
}
