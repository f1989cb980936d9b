package com.example.h2;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.rules.Custody;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.ArgumentFactory;
import org.jspecify.annotations.Nullable;

/** How values of World are kept in columns. */
final class Values {

  private static final Set<Type> OWN =
      Set.of(Instant.class, Payload.class, RunId.class, WorkerId.class);

  private static final ArgumentFactory.Preparable STORED =
      (type, config) ->
          OWN.contains(type)
              ? Optional.of(value -> (at, row, context) -> row.setObject(at, stored(value)))
              : Optional.empty();

  private Values() {}

  /** Teaches Jdbi all of them. */
  static Jdbi known(Jdbi jdbi) {
    return jdbi.registerArgument(STORED)
        .registerColumnMapper(
            Instant.class,
            (rows, at, context) -> {
              Long micros = rows.getObject(at, Long.class);
              return micros == null ? null : instant(micros);
            })
        .registerColumnMapper(
            Payload.class,
            (rows, at, context) -> {
              byte[] kept = rows.getBytes(at);
              return kept == null ? null : payload(ByteBuffer.wrap(kept));
            });
  }

  private static @Nullable Object stored(@Nullable Object value) {
    return switch (value) {
      case Instant time -> micros(time);
      case Payload payload -> bytes(payload);
      case RunId run -> run.value();
      case WorkerId worker -> worker.value();
      case null, default -> value;
    };
  }

  private static long micros(Instant time) {
    return time.equals(Custody.NOW)
        ? Long.MIN_VALUE
        : ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  private static Instant instant(long micros) {
    return micros == Long.MIN_VALUE ? Custody.NOW : Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /** A codec may have any name, and the bytes may be any. */
  private static byte[] bytes(Payload payload) {
    byte[] codec = payload.codec().getBytes(UTF_8);
    byte[] bytes = payload.bytes();
    return ByteBuffer.allocate(Integer.BYTES + codec.length + bytes.length)
        .putInt(codec.length)
        .put(codec)
        .put(bytes)
        .array();
  }

  private static Payload payload(ByteBuffer kept) {
    byte[] codec = new byte[kept.getInt()];
    byte[] bytes = new byte[kept.get(codec).remaining()];
    kept.get(bytes);
    return Payload.of(new String(codec, UTF_8), bytes);
  }
}
