package dev.fantasticfour.world.core.engine.step;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.codec.Failures;
import dev.fantasticfour.world.core.engine.time.LogLimit;
import dev.fantasticfour.world.core.engine.turn.StepResult;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says which attempts of steps have failed, and what follows. A step that fails over and over, in
 * however many runs, is spoken of every ten seconds. Safe for any number of threads.
 */
public final class AttemptLog {

  private static final Logger LOG = LoggerFactory.getLogger(AttemptLog.class);
  private static final Duration PERIOD = Duration.ofSeconds(10);

  /** Names of steps may be made up by the code: no more of them are told apart. */
  private static final int MOST_NAMES = 1_000;

  private final LongSupplier nanos;
  private final Map<String, LogLimit> limits = new ConcurrentHashMap<>();

  /**
   * @param nanos the monotonic clock
   */
  public AttemptLog(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * An attempt has failed.
   *
   * @param attempt from 1
   */
  public void failed(
      RunId run,
      String step,
      int attempt,
      StepResult.Failed failed,
      StepResult.RetryDecision decision) {
    if (!LOG.isInfoEnabled()) {
      return;
    }
    OptionalLong silent = limitOf(step).happened();
    if (silent.isPresent()) {
      LOG.info(
          "attempt {} of step '{}' of run {} failed, {}: {}{}",
          attempt,
          step,
          run,
          switch (decision) {
            case StepResult.RetryDecision.Retry retry ->
                "and is followed by another in " + in(retry);
            case StepResult.RetryDecision.Fail fail -> "for good (" + fail.reason() + ")";
          },
          Failures.of(failed.thrown()),
          silent.getAsLong() == 0
              ? ""
              : " (" + silent.getAsLong() + " more of this step since the last such line)");
    }
  }

  private static String in(StepResult.RetryDecision.Retry retry) {
    return retry.after().toMillis() / 1000.0 + " s";
  }

  private LogLimit limitOf(String step) {
    if (limits.size() >= MOST_NAMES && !limits.containsKey(step)) {
      limits.clear();
    }
    return limits.computeIfAbsent(step, name -> new LogLimit(PERIOD, nanos));
  }
}
