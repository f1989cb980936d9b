package dev.fantasticfour.world.redis;

import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.tck.Harness;
import dev.fantasticfour.world.tck.QueueTck;
import org.junit.jupiter.api.Tag;

/** A queue on a master that Sentinel names keeps every promise. */
@Tag("topology")
final class SentinelQueueTckTest extends QueueTck {

  @Override
  public Harness<Queue> harness() {
    LocalSentinel servers = LocalSentinel.start();
    return QueueHarness.of(servers.config()).closedBy(servers::close);
  }
}
