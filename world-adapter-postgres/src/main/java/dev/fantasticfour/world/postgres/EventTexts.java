package dev.fantasticfour.world.postgres;

import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * An event among the rows of append_v1. All its columns travel as one array of texts: most answers
 * hold no event, and should not pay for columns that they leave empty.
 */
final class EventTexts {

  private EventTexts() {}

  /** The row, its columns in the order of {@link EventRow}. */
  static EventRow read(@Nullable String[] columns) {
    return new EventRow(
        text(columns[0]),
        Long.parseLong(text(columns[1])),
        text(columns[2]),
        columns[3],
        Instant.parse(text(columns[4])),
        Instant.parse(text(columns[5])),
        text(columns[6]),
        Long.parseLong(text(columns[7])),
        columns[8],
        columns[9],
        number(columns[10]),
        number(columns[11]),
        columns[12],
        columns[13],
        columns[14],
        flag(columns[15]),
        time(columns[16]),
        time(columns[17]),
        time(columns[18]),
        columns[19],
        columns[20],
        columns[21],
        bytes(columns[22]),
        columns[23],
        columns[24],
        columns[25],
        number(columns[26]),
        columns[27],
        columns[28],
        columns[29],
        columns[30],
        columns[31],
        bytes(columns[32]),
        columns[33]);
  }

  private static String text(@Nullable String column) {
    if (column == null) {
      throw new IllegalStateException("append_v1 left out a column of an event");
    }
    return column;
  }

  private static @Nullable Instant time(@Nullable String column) {
    return column == null ? null : Instant.parse(column);
  }

  private static @Nullable Integer number(@Nullable String column) {
    return column == null ? null : Integer.valueOf(column);
  }

  private static @Nullable Boolean flag(@Nullable String column) {
    return column == null ? null : Boolean.valueOf(column);
  }

  private static byte @Nullable [] bytes(@Nullable String column) {
    return column == null ? null : HexFormat.of().parseHex(column);
  }
}
