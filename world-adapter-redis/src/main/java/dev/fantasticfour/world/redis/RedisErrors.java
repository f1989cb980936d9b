package dev.fantasticfour.world.redis;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.util.Set;
import org.redisson.RedissonShutdownException;
import org.redisson.client.RedisException;

/** Turns what the driver throws into the one exception that crosses a port. */
final class RedisErrors {

  /** First words of error replies that pass by themselves, or once somebody has acted. */
  private static final Set<String> PASSING =
      Set.of(
          "LOADING",
          "BUSY",
          "TRYAGAIN",
          "CLUSTERDOWN",
          "MASTERDOWN",
          "READONLY",
          "MOVED",
          "ASK",
          "OOM",
          "MISCONF",
          "NOAUTH",
          "WRONGPASS",
          "NOREPLICAS",
          "UNBLOCKED");

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
    if (isRefusal(thrown)) {
      return new WorldException(
          ErrorCode.CONTRACT_VIOLATION,
          "cannot " + doing + ": " + server + " answered " + thrown.getMessage(),
          thrown);
    }
    return new WorldException(
        ErrorCode.UNAVAILABLE, "cannot " + doing + ": " + server + " does not answer", thrown);
  }

  /**
   * Whether the server did answer, and would answer the same again. Redisson has a class for every
   * way in which it did not; an error reply is the plain one, without a cause.
   */
  private static boolean isRefusal(Throwable thrown) {
    if (thrown.getClass() != RedisException.class || thrown.getCause() != null) {
      return false;
    }
    String reply = String.valueOf(thrown.getMessage());
    return !PASSING.contains(reply.split(" ", 2)[0]);
  }
}
