package dev.fantasticfour.world.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redisson.client.codec.ByteArrayCodec;

/** The blocking pop at which a consumer waits. */
final class DoorbellTest {

  private static final String Q = "q";
  private static final int OFTEN = 500;

  @RegisterExtension final RedisFixture redis = new RedisFixture();
  private final AtomicInteger rings = new AtomicInteger();

  @Test
  void whoLeavesAtOnceLeavesAllConnectionsInOrder() {
    try (RedisConnection connection = RedisConnection.open(redis.config())) {
      for (int i = 0; i < OFTEN; i++) {
        Doorbell doorbell = doorbell(connection);
        doorbell.listen();
        doorbell.leave();
        // Fails when it gets no answer, or the answer to something else.
        ScriptReply stats =
            connection.call("count", LuaScript.STATS, redis.keys().queue(Q), new ScriptArguments());
        assertThat(List.of(stats.number(), stats.number(), stats.number())).containsOnly(0L);
      }
    }
  }

  @Test
  void whoHasLeftHoldsNoConnectionAndLeavesNothingBehind() {
    try (RedisConnection connection = RedisConnection.open(redis.config())) {
      Doorbell doorbell = doorbell(connection);
      doorbell.listen();
      doorbell.leave();
      Eventually.assertThat(() -> assertThat(redis.blockedClients()).isZero());
      assertThat(redis.storedKeys()).isEmpty();
    }
  }

  @Test
  void whatRingsForSomebodyWhoHasLeftRingsForTheNext() {
    try (RedisConnection connection = RedisConnection.open(redis.config())) {
      for (int i = 0; i < OFTEN; i++) {
        int before = rings.get();
        Doorbell left = doorbell(connection);
        left.listen();
        ring(connection);
        left.leave();
        Doorbell next = doorbell(connection);
        next.listen();
        Eventually.assertThat(() -> assertThat(rings.get()).isGreaterThan(before));
        next.leave();
      }
    }
  }

  private void ring(RedisConnection connection) {
    connection
        .redisson()
        .getBlockingQueue(redis.keys().bell(Q), ByteArrayCodec.INSTANCE)
        .add(new byte[] {'1'});
  }

  private Doorbell doorbell(RedisConnection connection) {
    return new Doorbell(connection, redis.keys(), Q, rings::incrementAndGet, () -> {});
  }
}
