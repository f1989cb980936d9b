package dev.fantasticfour.world.redis;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.redisson.RedissonShutdownException;
import org.redisson.client.RedisAskException;
import org.redisson.client.RedisAuthRequiredException;
import org.redisson.client.RedisBusyException;
import org.redisson.client.RedisClusterDownException;
import org.redisson.client.RedisConnectionException;
import org.redisson.client.RedisLoadingException;
import org.redisson.client.RedisMasterDownException;
import org.redisson.client.RedisMovedException;
import org.redisson.client.RedisNodeNotFoundException;
import org.redisson.client.RedisOutOfMemoryException;
import org.redisson.client.RedisReadonlyException;
import org.redisson.client.RedisRetryException;
import org.redisson.client.RedisTimeoutException;
import org.redisson.client.RedisTryAgainException;
import org.redisson.client.RedisWrongPasswordException;

/** Turns what the driver throws into the one exception that crosses a port. */
final class RedisErrors {

  private static final List<Class<? extends Throwable>> PASSING =
      List.of(
          RedisConnectionException.class,
          RedisTimeoutException.class,
          RedisRetryException.class,
          RedisLoadingException.class,
          RedisBusyException.class,
          RedisTryAgainException.class,
          RedisClusterDownException.class,
          RedisMasterDownException.class,
          RedisNodeNotFoundException.class,
          RedisOutOfMemoryException.class,
          RedisReadonlyException.class,
          RedisMovedException.class,
          RedisAskException.class,
          RedisAuthRequiredException.class,
          RedisWrongPasswordException.class,
          TimeoutException.class);

  private RedisErrors() {}

  /**
   * @param doing what was attempted
   * @param server variable and address, without a password
   */
  static WorldException translate(String doing, String server, Throwable thrown) {
    if (thrown instanceof RedissonShutdownException) {
      return new WorldException(
          ErrorCode.CLOSED, "cannot " + doing + ": the Redis client is closed", thrown);
    }
    // Behind a proxy, or while a node restarts, Redisson wraps what it got.
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      for (Class<? extends Throwable> passing : PASSING) {
        if (passing.isInstance(cause)) {
          return new WorldException(
              ErrorCode.UNAVAILABLE,
              "cannot " + doing + ": " + server + " does not answer",
              thrown);
        }
      }
    }
    return new WorldException(
        ErrorCode.CONTRACT_VIOLATION,
        "cannot " + doing + ": " + server + " answered " + thrown.getMessage(),
        thrown);
  }
}
