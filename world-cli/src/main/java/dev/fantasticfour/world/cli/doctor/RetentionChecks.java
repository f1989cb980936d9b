package dev.fantasticfour.world.cli.doctor;

import dev.fantasticfour.world.api.config.Secrets;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.cli.assembly.Assembly;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.core.port.Retention.RetentionStand;
import dev.fantasticfour.world.core.port.Storage;
import java.util.List;

/** Whether runs go some day, and whether what was kept for long enough does. */
final class RetentionChecks {

  private static final String NAME = "retention";

  /** Of so many runs that nobody ever deletes is worth saying. */
  static final long MANY = 100_000;

  private RetentionChecks() {}

  static List<Diagnosis> of(Session session) {
    try (Storage storage = Assembly.storage(session)) {
      return List.of(of(storage.retention(), storage));
    } catch (WorldException e) {
      return List.of(
          Diagnosis.unknown(
              NAME, Secrets.mask(String.valueOf(e.getMessage())), "look at the lines above"));
    }
  }

  static Diagnosis of(RetentionStand stand, Storage storage) {
    if (stand.policy().isOff()) {
      long ended = storage.ended(MANY + 1);
      return ended > MANY
          ? Diagnosis.warn(
              NAME,
              "off, and more than " + MANY + " runs have ended: they are all kept for ever",
              "`world retention set completed=30d,failed=90d,cancelled=30d`, or leave it so")
          : Diagnosis.ok(NAME, "off: all runs are kept");
    }
    String trouble = stand.trouble();
    return trouble == null
        ? Diagnosis.ok(NAME, stand.policy() + ", " + stand.deleted() + " deleted")
        : Diagnosis.warn(NAME, trouble, "look at WORKFLOW_RETENTION_ARCHIVE of the workers");
  }
}
