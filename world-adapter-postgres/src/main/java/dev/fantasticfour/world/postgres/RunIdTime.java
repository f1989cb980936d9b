package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.rules.RunIdWindow;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The time inside a run id, which the store compares with its own clock (world-contract 2.4). */
final class RunIdTime {

  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int TIME_LENGTH = 10;

  private RunIdTime() {}

  /** The time, or null for an id that says none. */
  static @Nullable Instant of(RunId run) {
    if (!run.value().startsWith(RunId.PREFIX)) {
      return null;
    }
    String ulid = run.value().substring(RunId.PREFIX.length());
    long millis = 0;
    for (int i = 0; i < Math.min(TIME_LENGTH, ulid.length()); i++) {
      millis = millis << 5 | Math.max(0, ALPHABET.indexOf(ulid.charAt(i)));
    }
    return Instant.ofEpochMilli(millis);
  }

  /** Refuses an id that has our prefix and is no ULID, at whatever time. */
  static void check(RunId run) {
    Instant time = of(run);
    if (time != null) {
      RunIdWindow.check(run, time);
    }
  }
}
