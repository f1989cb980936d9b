package com.example.h2;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fantasticfour.world.api.Payload;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** A row as it is read, and how values are written. */
record Row(ResultSet columns) {

  /** How a due time is written that means now: before all others. */
  static final long NOW = Long.MIN_VALUE;

  /** Makes a value of a row. */
  interface Reader<T> {
    T read(Row row) throws SQLException;
  }

  static long micros(Instant time) {
    return time.equals(Instant.MIN) ? NOW : ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  static Instant instant(long micros) {
    return micros == NOW ? Instant.MIN : Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /** A codec may have any name, and the bytes may be any. */
  static byte[] bytes(Payload payload) {
    byte[] codec = payload.codec().getBytes(UTF_8);
    byte[] bytes = payload.bytes();
    return ByteBuffer.allocate(Integer.BYTES + codec.length + bytes.length)
        .putInt(codec.length)
        .put(codec)
        .put(bytes)
        .array();
  }

  String text(String column) throws SQLException {
    return required(column, columns.getString(column));
  }

  @Nullable String textOrNull(String column) throws SQLException {
    return columns.getString(column);
  }

  long number(String column) throws SQLException {
    return required(column, columns.getObject(column, Long.class));
  }

  @Nullable Integer intOrNull(String column) throws SQLException {
    return columns.getObject(column, Integer.class);
  }

  @Nullable Boolean flagOrNull(String column) throws SQLException {
    return columns.getObject(column, Boolean.class);
  }

  Instant time(String column) throws SQLException {
    return instant(number(column));
  }

  @Nullable Instant timeOrNull(String column) throws SQLException {
    Long micros = columns.getObject(column, Long.class);
    return micros == null ? null : instant(micros);
  }

  @Nullable Payload payload(String column) throws SQLException {
    byte[] stored = columns.getBytes(column);
    if (stored == null) {
      return null;
    }
    ByteBuffer buffer = ByteBuffer.wrap(stored);
    byte[] codec = new byte[buffer.getInt()];
    byte[] bytes = new byte[buffer.get(codec).remaining()];
    buffer.get(bytes);
    return Payload.of(new String(codec, UTF_8), bytes);
  }

  private static <T> T required(String column, @Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("column " + column + " is null");
    }
    return value;
  }
}
