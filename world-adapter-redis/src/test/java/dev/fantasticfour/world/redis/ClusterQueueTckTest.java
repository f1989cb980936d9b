package dev.fantasticfour.world.redis;

import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.tck.Harness;
import dev.fantasticfour.world.tck.QueueTck;
import org.junit.jupiter.api.Tag;

/** A queue on a cluster of three nodes keeps every promise. */
@Tag("topology")
final class ClusterQueueTckTest extends QueueTck {

  @Override
  public Harness<Queue> harness() {
    LocalCluster servers = LocalCluster.start(3);
    return QueueHarness.of(servers.config()).closedBy(servers::close);
  }
}
