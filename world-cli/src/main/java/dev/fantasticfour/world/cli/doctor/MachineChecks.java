package dev.fantasticfour.world.cli.doctor;

import dev.fantasticfour.world.api.config.Secrets;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.cli.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The JDK, and the variables. */
final class MachineChecks {

  private static final int LEAST_JAVA = 21;

  /** From here on a virtual thread that blocks inside {@code synchronized} frees its carrier. */
  private static final int UNPINNED_JAVA = 24;

  private static final Set<String> VARIABLES =
      Set.of(
          WorldConfig.POSTGRES_URL,
          WorldConfig.REDIS_URL,
          "WORKFLOW_POSTGRES_REPLICA_URL",
          "WORKFLOW_POSTGRES_SCHEMA",
          "WORKFLOW_POSTGRES_POOL_SIZE",
          "WORKFLOW_POSTGRES_MIGRATE",
          "WORKFLOW_POSTGRES_JOB_PREFIX",
          "WORKFLOW_APPLICATION",
          "WORKFLOW_BUILD_ID",
          "WORKFLOW_POSTGRES_WORKER_CONCURRENCY",
          "WORKFLOW_MAX_ACTIVE_RUNS",
          "WORKFLOW_MAX_PARKED_THREADS",
          "WORKFLOW_MAX_STEP_BODIES",
          "WORKFLOW_HISTORY_WARNING",
          "WORKFLOW_LEASE",
          "WORKFLOW_STORAGE",
          "WORKFLOW_QUEUE",
          "WORKFLOW_STREAMER");

  private MachineChecks() {}

  static Diagnosis jdk() {
    int feature = Runtime.version().feature();
    String found = Runtime.version() + " of " + System.getProperty("java.vendor");
    if (feature < LEAST_JAVA) {
      return Diagnosis.fail("JDK", found, "World needs " + LEAST_JAVA + " or newer");
    }
    return feature < UNPINNED_JAVA
        ? Diagnosis.warn(
            "JDK",
            found,
            "step bodies that block inside synchronized hold a platform thread before JDK "
                + UNPINNED_JAVA)
        : Diagnosis.ok("JDK", found);
  }

  static List<Diagnosis> variables(Session session) {
    List<Diagnosis> diagnoses = new ArrayList<>();
    try {
      WorldConfig config = session.config();
      diagnoses.add(
          Diagnosis.ok(
              "variables",
              "storage=%s queue=%s streamer=%s schema=%s application=%s"
                  .formatted(
                      config.storage(),
                      config.queue(),
                      config.streamer(),
                      config.schema(),
                      config.application())));
    } catch (WorldException e) {
      diagnoses.add(
          Diagnosis.unknown(
              "variables", Secrets.mask(String.valueOf(e.getMessage())), "correct the variable"));
    }
    Set<String> unknown = new TreeSet<>(session.variables().keySet());
    unknown.removeIf(name -> !name.startsWith("WORKFLOW_") || VARIABLES.contains(name));
    if (!unknown.isEmpty()) {
      diagnoses.add(
          Diagnosis.warn(
              "variables",
              "nobody reads " + String.join(", ", unknown),
              "known are " + String.join(", ", new TreeSet<>(VARIABLES))));
    }
    return diagnoses;
  }
}
