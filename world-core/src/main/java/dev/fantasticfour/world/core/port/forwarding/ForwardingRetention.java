package dev.fantasticfour.world.core.port.forwarding;

import dev.fantasticfour.world.api.config.RetentionRule;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Retention;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The retention of a storage that leaves it to a part of it, or to another storage.
 *
 * <p><b>Concurrency and failure.</b> Those of whoever it is left to.
 */
public interface ForwardingRetention extends Retention {

  /** Who sees to it. */
  Retention keeper();

  @Override
  default RetentionStand retention() {
    return keeper().retention();
  }

  @Override
  default void retain(String workflow, @Nullable RetentionRule rule) {
    keeper().retain(workflow, rule);
  }

  @Override
  default ExpiredRuns expired(@Nullable String after, int limit) {
    return keeper().expired(after, limit);
  }

  @Override
  default Set<RunId> prune(Collection<RunId> runs) {
    return keeper().prune(runs);
  }

  @Override
  default boolean keep(RunId run, boolean kept) {
    return keeper().keep(run, kept);
  }

  @Override
  default Erasing erase(RunId run) {
    return keeper().erase(run);
  }

  @Override
  default long ended(long most) {
    return keeper().ended(most);
  }

  @Override
  default Optional<Round> beginRound(Duration within) {
    return keeper().beginRound(within);
  }

  @Override
  default void endRound(
      @Nullable String after, Duration pause, int deleted, @Nullable String trouble) {
    keeper().endRound(after, pause, deleted, trouble);
  }
}
