package dev.fantasticfour.world.redis;

import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.tck.Harness;
import dev.fantasticfour.world.tck.Outage;
import dev.fantasticfour.world.tck.QueueTck;
import dev.fantasticfour.world.tck.TcpGate;

/** Redis keeps every promise of a queue. */
final class RedisQueueTckTest extends QueueTck {

  @Override
  public Harness<Queue> harness() {
    QueueHarness queues = new QueueHarness();
    TcpGate gate = Gates.beforeRedis();
    return queues
        .over(Gates.direct())
        .withOutage(Outage.at(gate, () -> queues.open(Gates.through(gate))))
        .closedBy(gate::close);
  }
}
