package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import org.jspecify.annotations.Nullable;

/** What an exception of the driver means, by SQLSTATE and never by words. */
final class PostgresErrors {

  /** append_v1: somebody else took an id, a token or a key in between. */
  private static final String TAKEN_MEANWHILE = "WR001";

  /** append_v1: called in another isolation level than READ COMMITTED. */
  private static final String WRONG_ISOLATION = "WR002";

  /** append_v1: the time inside a run id lies outside the window. */
  private static final String OUTSIDE_WINDOW = "WR003";

  /** append_plain_v1: a row is not as a batch takes it to be. */
  private static final String NOT_PLAIN = "WR004";

  private final String where;

  /**
   * @param where which server, for messages; no password in it
   */
  PostgresErrors(String where) {
    this.where = where;
  }

  /** Whether the statement was certainly rolled back and may succeed when repeated. */
  static boolean isRepeatable(Throwable error) {
    SQLException sql = sql(error);
    return sql != null
        && switch (state(sql)) {
          // Unique violation, serialization failure, deadlock.
          case TAKEN_MEANWHILE, "23505", "40001", "40P01" -> true;
          default -> false;
        };
  }

  /**
   * Whether a plain call was certainly rolled back, and the batches have to be judged one by one.
   */
  static boolean isNotPlain(Throwable error) {
    SQLException sql = sql(error);
    return isRepeatable(error) || (sql != null && state(sql).equals(NOT_PLAIN));
  }

  /** The exception that crosses the port. */
  WorldException translate(String attempt, Throwable error) {
    if (error instanceof WorldException world) {
      return world;
    }
    SQLException sql = sql(error);
    if (sql == null) {
      return new WorldException(
          ErrorCode.CONTRACT_VIOLATION, attempt + " failed in the PostgreSQL adapter", error);
    }
    String state = state(sql);
    return switch (state) {
      case OUTSIDE_WINDOW -> new WorldException(ErrorCode.INVALID_ARGUMENT, firstLine(sql), error);
      case WRONG_ISOLATION ->
          new WorldException(
              ErrorCode.INVALID_CONFIGURATION,
              where + ": connections must use READ COMMITTED",
              error);
      // Undefined table, function, column, schema.
      case "42P01", "42883", "42703", "3F000" ->
          new WorldException(
              ErrorCode.INVALID_CONFIGURATION,
              where + ": World's tables are missing or of another version; run `world migrate`",
              error);
      // Wrong password, no such role or database, not permitted.
      case "28P01", "28000", "3D000", "42501" ->
          new WorldException(ErrorCode.INVALID_CONFIGURATION, where + ": " + firstLine(sql), error);
      default ->
          isUnavailable(sql, state)
              ? new WorldException(
                  ErrorCode.UNAVAILABLE,
                  attempt + ": PostgreSQL does not answer at " + where + " (" + reason(state) + ")",
                  error)
              : new WorldException(
                  ErrorCode.CONTRACT_VIOLATION,
                  attempt + ": PostgreSQL at " + where + " answered SQLSTATE " + state,
                  error);
    };
  }

  private static boolean isUnavailable(SQLException sql, String state) {
    return sql instanceof SQLTransientException
        || state.isEmpty()
        || isRepeatable(sql)
        || state.startsWith("08") // connection
        || state.startsWith("53") // too many connections, out of memory or disk
        || state.startsWith("57") // shutdown, cancelled, cannot connect now
        || state.startsWith("58") // system error
        || state.equals("55P03") // lock not available
        || state.equals("25006"); // read only: a standby that was not promoted yet
  }

  private static String reason(String state) {
    if (state.startsWith("53")) {
      return "it has no room, SQLSTATE " + state;
    }
    if (state.equals("55P03")) {
      return "the run stayed locked";
    }
    return state.isEmpty() ? "no connection" : "SQLSTATE " + state;
  }

  private static String state(SQLException sql) {
    String state = sql.getSQLState();
    return state == null ? "" : state;
  }

  private static String firstLine(SQLException sql) {
    String message = String.valueOf(sql.getMessage());
    int end = message.indexOf('\n');
    String line = end < 0 ? message : message.substring(0, end);
    return line.startsWith("ERROR: ") ? line.substring(7) : line;
  }

  /** The exception of the driver inside, the one with a SQLSTATE first. */
  private static @Nullable SQLException sql(Throwable error) {
    SQLException found = null;
    int depth = 0;
    for (Throwable at = error; at != null && depth < 20; at = at.getCause(), depth++) {
      if (at instanceof SQLException sql && (found == null || !state(sql).isEmpty())) {
        found = sql;
        if (!state(sql).isEmpty()) {
          return found;
        }
      }
    }
    return found;
  }
}
