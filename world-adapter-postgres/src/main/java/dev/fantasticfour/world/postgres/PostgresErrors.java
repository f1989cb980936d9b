package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.config.Secrets;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.port.ServerFailure;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What an exception of the driver means, by SQLSTATE and never by words.
 *
 * <p>While a world runs, only World's own rules and what fits no column are final. Whatever else a
 * server has against a statement, a login that is refused for a moment or a right that is missing
 * until somebody grants it, passes: it is {@code UNAVAILABLE}, and asked again.
 */
final class PostgresErrors {

  /** append_v1: a step or wait is not as a batch takes it to be. */
  private static final String NOT_AS_SUPPOSED = "WR004";

  private final String where;

  /**
   * @param where which server, for messages; no password in it
   */
  PostgresErrors(String where) {
    this.where = where;
  }

  /** Which server, for messages. */
  String where() {
    return where;
  }

  /** Whether the statement was certainly rolled back and may succeed when repeated. */
  static boolean isRepeatable(Throwable error) {
    return refusal(error) == Refusal.RACE;
  }

  /** What the driver has to say in it; null when it has nothing to do with it. */
  static @Nullable Refusal refusal(Throwable error) {
    SQLException sql = sql(error);
    return sql == null ? null : Refusal.of(state(sql));
  }

  /** Whether an append was certainly rolled back, and its batches have to be looked at again. */
  static boolean isNotAsSupposed(Throwable error) {
    SQLException sql = sql(error);
    return isRepeatable(error) || (sql != null && state(sql).equals(NOT_AS_SUPPOSED));
  }

  /** The exception that crosses the port while a world runs. */
  WorldException translate(String attempt, Throwable error) {
    return translate(attempt, error, ErrorCode.UNAVAILABLE);
  }

  /** The same before anything runs: a setting that is wrong is said at once. */
  WorldException translateAtOpening(String attempt, Throwable error) {
    return translate(attempt, error, ErrorCode.INVALID_CONFIGURATION);
  }

  /** Others went first each time. */
  WorldException overtaken(String attempt) {
    return new WorldException(
        ErrorCode.UNAVAILABLE,
        attempt + ": PostgreSQL at " + where + " had others go first too often");
  }

  private WorldException translate(String attempt, Throwable error, ErrorCode ofSettings) {
    if (error instanceof WorldException world) {
      return world;
    }
    SQLException sql = sql(error);
    if (sql == null) {
      return new WorldException(
          ErrorCode.CONTRACT_VIOLATION, attempt + " failed in the PostgreSQL adapter", error);
    }
    Refusal refusal = Refusal.of(state(sql));
    ErrorCode code =
        switch (refusal) {
          case CONTENT -> ErrorCode.CONTRACT_VIOLATION;
          default -> refusal.isOfSettings() ? ofSettings : ErrorCode.UNAVAILABLE;
        };
    String shown = refusal == Refusal.CONTENT ? of(state(sql)) : firstLine(sql);
    return new WorldException(
        code, attempt + ": " + words(refusal, sql), new ServerFailure(sql, shown));
  }

  private String words(Refusal refusal, SQLException sql) {
    String state = state(sql);
    String server = "PostgreSQL at " + where;
    return switch (refusal) {
      case AWAY ->
          server + " does not answer (" + (state.isEmpty() ? "no connection" : of(state)) + ")";
      case RACE -> server + " had others go first too often (" + of(state) + ")";
      case LOCKED -> server + " keeps the run locked for somebody else (" + of(state) + ")";
      case READ_ONLY -> server + " is read only (" + of(state) + "): " + refusal.advice();
      // Its words may quote what was sent.
      case CONTENT -> server + " cannot hold what was sent (" + of(state) + ")";
      case OTHER -> server + " refused it (" + of(state) + "); " + refusal.advice();
      case NO_ROOM, LOGIN, RIGHTS, SCHEMA, POOLER, PARAMETER, ISOLATION ->
          server + " refused it (" + of(state) + ": " + firstLine(sql) + "); " + refusal.advice();
    };
  }

  /** What a server has to say, on one line, as far as it quotes nothing that was sent. */
  static String words(SQLException e) {
    return Refusal.of(state(e)) == Refusal.CONTENT
        ? of(state(e))
        : firstLine(e) + " (" + of(state(e)) + ")";
  }

  private static String of(String state) {
    return "SQLSTATE " + state;
  }

  private static String state(SQLException sql) {
    String state = sql.getSQLState();
    return state == null ? "" : state;
  }

  private static String firstLine(SQLException sql) {
    String message = String.valueOf(sql.getMessage());
    int end = message.indexOf('\n');
    String line = end < 0 ? message : message.substring(0, end);
    // ERROR, FATAL or PANIC, in the language of the server.
    return Secrets.mask(line.replaceFirst("^\\p{Lu}+: +", ""));
  }

  /**
   * The exception of the driver inside: the innermost with a SQLSTATE, since a pool says little
   * more than that there is no connection.
   */
  static @Nullable SQLException sql(Throwable error) {
    SQLException found = null;
    int depth = 0;
    for (Throwable at = error; at != null && depth < 20; at = at.getCause(), depth++) {
      if (at instanceof SQLException sql && (found == null || !state(sql).isEmpty())) {
        found = sql;
      }
    }
    return found;
  }
}
