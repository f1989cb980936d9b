package dev.fantasticfour.world.postgres.attack;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Storage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** One word for what the logs of runs say, the same in every JVM. */
final class LogDigest {

  private LogDigest() {}

  static String of(Storage storage, List<RunId> runs) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (RunId run : runs) {
        for (Event event : storage.history(run, 0, 10_000)) {
          digest.update(event.toString().getBytes(StandardCharsets.UTF_8));
          if (event.fact() instanceof Fact.HookReceived received && received.payload() != null) {
            digest.update(received.payload().bytes());
          }
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JVM has SHA-256", e);
    }
  }
}
