package dev.fantasticfour.world.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fantasticfour.world.api.error.WorldException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.RFuture;
import org.redisson.api.RScript.Mode;
import org.redisson.api.RScript.ReturnType;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisException;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.client.protocol.RedisCommands;

/**
 * The blocking pop at which a consumer waits: one connection, and no work while nothing comes. It
 * only wakes; what it pops is no message. For one thread.
 *
 * <p>It waits at two lists, the bell of the queue and a door of its own. Who leaves puts something
 * behind the door, so that the server ends the pop. To cancel it would be shorter; but when a
 * blocking command is cancelled before it was written, Redisson 4.7 takes the next answer on that
 * connection for the answer to it, and whoever uses the connection from then on waits in vain.
 */
final class Doorbell {

  private static final byte[] LEFT = "left".getBytes(UTF_8);
  private static final long WAIT_SECONDS = 10;

  /** A pop whose connection died may never end: it is given up for a new one. */
  private static final long GIVE_UP_NANOS = TimeUnit.SECONDS.toNanos(WAIT_SECONDS + 5);

  private final RedisConnection connection;
  private final String bellKey;
  private final String doorKey;
  private final Runnable rung;
  private final Runnable ended;
  private @Nullable Wait waiting;

  /**
   * @param rung called on a thread of the client
   * @param ended the same, when nobody rang; not after a failure, so that a server that is away is
   *     not asked in a circle
   */
  Doorbell(
      RedisConnection connection, RedisKeys keys, String queue, Runnable rung, Runnable ended) {
    this.connection = connection;
    this.bellKey = keys.bell(queue);
    this.doorKey = keys.door(queue, UUID.randomUUID().toString());
    this.rung = rung;
    this.ended = ended;
  }

  /** One pop. */
  private final class Wait {

    private final long since = System.nanoTime();
    private volatile boolean left;
    private volatile boolean over;

    private boolean isOn() {
      return !over && System.nanoTime() - since < GIVE_UP_NANOS;
    }

    private void ends(byte @Nullable [] token, @Nullable Throwable failure) {
      over = true;
      if (token == null || Arrays.equals(token, LEFT)) {
        if (failure == null && !left) {
          ended.run();
        }
      } else if (left) {
        giveBack(token);
      } else {
        rung.run();
      }
    }
  }

  /** Waits at the door, unless it does so already. */
  void listen() {
    Wait current = waiting;
    if (current != null && current.isOn()) {
      return;
    }
    leave();
    Wait next = new Wait();
    try {
      RFuture<byte[]> popped = pop();
      waiting = next;
      popped.whenComplete(next::ends);
    } catch (RedisException | WorldException e) {
      // The next exchange meets the same and reports it.
      waiting = null;
    }
  }

  /**
   * In a Cluster the client's own way to wait at several lists is to look at each for a second.
   * Both lists are on one server, so that the command goes there as it is.
   */
  private RFuture<byte[]> pop() {
    RedissonClient redisson = connection.redisson();
    return redisson instanceof Redisson plain
        ? plain
            .getCommandExecutor()
            .writeAsync(
                doorKey,
                ByteArrayCodec.INSTANCE,
                RedisCommands.BLPOP_VALUE,
                doorKey,
                bellKey,
                WAIT_SECONDS)
        : redisson
            .<byte[]>getBlockingQueue(doorKey, ByteArrayCodec.INSTANCE)
            .pollFromAnyAsync(WAIT_SECONDS, TimeUnit.SECONDS, bellKey);
  }

  /** Stops waiting; somebody else has what is rung from now on. */
  void leave() {
    Wait current = waiting;
    waiting = null;
    if (current == null || current.over) {
      return;
    }
    current.left = true;
    try {
      var unused =
          connection
              .redisson()
              .getScript(ByteArrayCodec.INSTANCE)
              .evalAsync(
                  doorKey,
                  Mode.READ_WRITE,
                  LuaScript.LEAVE.text(),
                  ReturnType.LONG,
                  List.of(doorKey),
                  LEFT,
                  Long.toString(Duration.ofSeconds(2 * WAIT_SECONDS).toMillis()).getBytes(UTF_8));
    } catch (RedisException | WorldException e) {
      // Then the server ends the pop when its time is over, or has done so already.
    }
  }

  /** It was rung for whoever listens, and came too late for this one. */
  private void giveBack(byte[] token) {
    try {
      var unused =
          connection.redisson().getBlockingQueue(bellKey, ByteArrayCodec.INSTANCE).addAsync(token);
    } catch (RedisException | WorldException e) {
      // The sweep of the others finds what there is.
    }
  }
}
