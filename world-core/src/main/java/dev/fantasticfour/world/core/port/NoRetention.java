package dev.fantasticfour.world.core.port;

import dev.fantasticfour.world.api.config.RetentionPolicy;
import dev.fantasticfour.world.api.config.RetentionRule;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The retention of a storage that keeps everything, for adapters that decline {@link
 * Capability#RETENTION}: there is no rule, nothing is ever due, and what would change that is
 * refused with {@code NOT_SUPPORTED}.
 */
public interface NoRetention extends Retention {

  @Override
  default RetentionStand retention() {
    return new RetentionStand(RetentionPolicy.OFF, null, null, 0, null);
  }

  @Override
  default void retain(String workflow, @Nullable RetentionRule rule) {
    throw declined();
  }

  @Override
  default ExpiredRuns expired(@Nullable String after, int limit) {
    return new ExpiredRuns(List.of(), null);
  }

  @Override
  default Set<RunId> prune(Collection<RunId> runs) {
    return Set.of();
  }

  @Override
  default boolean keep(RunId run, boolean kept) {
    throw declined();
  }

  @Override
  default Erasing erase(RunId run) {
    throw declined();
  }

  @Override
  default long ended(long most) {
    return 0;
  }

  @Override
  default Optional<Round> beginRound(Duration within) {
    return Optional.empty();
  }

  @Override
  default void endRound(
      @Nullable String after, Duration pause, int deleted, @Nullable String trouble) {
    throw declined();
  }

  private static WorldException declined() {
    return new WorldException(
        ErrorCode.NOT_SUPPORTED, "this storage keeps everything: it declines RETENTION");
  }
}
