package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.core.engine.retention.Archives;
import dev.fantasticfour.world.core.engine.retention.Retainer;
import dev.fantasticfour.world.core.engine.retention.RetentionRound;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Deleting as a worker does it: when it has a place for one run more, it has time for that. */
final class Retaining {

  private Retaining() {}

  /**
   * For a node.
   *
   * @param current whoever looks after its runs now, or null
   */
  static Retainer of(Environment environment, Supplier<@Nullable Custodian> current) {
    String archive = environment.config().retentionArchive();
    return new Retainer(
        environment.storage(),
        environment.machine(),
        environment.alarms(),
        environment.clock(),
        new RetentionRound(environment.storage(), archive == null ? null : Archives.of(archive)),
        () -> {
          Custodian custodian = current.get();
          return custodian != null && custodian.holdings().table().freePlaces() > 0;
        });
  }
}
