package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.core.port.Census;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Counts what the store holds, on the primary: a replica may be late, and that is not overdue. */
final class Censuses implements Census {

  private static final String[] TABLES = SchemaObjects.TABLES.toArray(String[]::new);

  private final Reading primary;
  private final Supplier<Duration> offset;

  Censuses(Reading primary, Supplier<Duration> offset) {
    this.primary = primary;
    this.offset = offset;
  }

  @Override
  public Counts census() {
    CensusMapper.CountsRow row =
        primary.all(
            CensusMapper.class,
            mapper -> mapper.census(Intervals.write(offset.get()), MOST + 1L, TABLES));
    return new Counts(
        row.open(),
        row.stalled(),
        row.failed(),
        row.overdue(),
        Duration.of(row.overdueMicros(), ChronoUnit.MICROS),
        row.workers(),
        bytes(row.bytes()));
  }

  private static Map<String, Long> bytes(@Nullable String tables) {
    return tables == null
        ? Map.of()
        : Stream.of(tables.split(",", -1))
            .map(table -> table.split(" ", 2))
            .collect(Collectors.toMap(table -> table[0], table -> Long.parseLong(table[1])));
  }
}
