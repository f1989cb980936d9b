package com.example.h2;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.rules.AsStored;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Statements of one transaction. */
record Transaction(Connection connection, Duration offset) {

  /** The store's clock: the database's, moved by tests only. */
  Instant now() throws SQLException {
    OffsetDateTime now =
        first("values (current_timestamp)", row -> row.columns().getObject(1, OffsetDateTime.class))
            .orElseThrow();
    return AsStored.cut(now.toInstant().plus(offset));
  }

  long nextNumber() throws SQLException {
    return first("values (next value for numbers)", row -> row.columns().getLong(1)).orElseThrow();
  }

  int update(String sql, @Nullable Object... values) throws SQLException {
    try (PreparedStatement statement = prepared(sql, values)) {
      return statement.executeUpdate();
    }
  }

  boolean exists(String sql, @Nullable Object... values) throws SQLException {
    return first(sql, row -> true, values).isPresent();
  }

  <T> Optional<T> first(String sql, Row.Reader<T> reader, @Nullable Object... values)
      throws SQLException {
    return list(sql, reader, values).stream().findFirst();
  }

  <T> List<T> list(String sql, Row.Reader<T> reader, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = prepared(sql, values);
        ResultSet rows = statement.executeQuery()) {
      List<T> read = new ArrayList<>();
      while (rows.next()) {
        read.add(reader.read(new Row(rows)));
      }
      return read;
    }
  }

  private PreparedStatement prepared(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, stored(values[i]));
    }
    return statement;
  }

  private static @Nullable Object stored(@Nullable Object value) {
    return switch (value) {
      case Instant time -> Row.micros(time);
      case Payload payload -> Row.bytes(payload);
      case RunId run -> run.value();
      case WorkerId worker -> worker.value();
      case null, default -> value;
    };
  }
}
