package dev.fantasticfour.world.postgres;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How rows are read from one server, and what is said when that cannot be done. */
final class Reading {

  private final Sessions sessions;
  private final PostgresErrors errors;

  Reading(Sessions sessions, PostgresErrors errors) {
    this.sessions = sessions;
    this.errors = errors;
  }

  /** What PostgreSQL cannot hold is not there. */
  static <T> Optional<T> storable(String id, Supplier<Optional<T>> read) {
    return Texts.isStorable(id) ? read.get() : Optional.empty();
  }

  <M, T> Optional<T> one(Class<M> mapper, Function<M, @Nullable T> statement) {
    return Optional.ofNullable(this.<M, @Nullable T>all(mapper, statement));
  }

  <M, T extends @Nullable Object> T all(Class<M> mapper, Function<M, T> statement) {
    try {
      return sessions.call(mapper, statement);
    } catch (RuntimeException e) {
      throw errors.translate("reading", e);
    }
  }
}
