package dev.fantasticfour.world.redis;

import dev.fantasticfour.world.api.config.Secrets;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.port.ServerFailure;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  /** An error reply, which begins with a word in capitals, up to what the driver has to add. */
  private static final Pattern REPLY =
      Pattern.compile(
          "([A-Z][A-Z]+ .*?)(?:\\. channel: .*|\\. Command.*|, params: .*|[\\r\\n].*|$)",
          Pattern.DOTALL);

  private RedisErrors() {}

  /**
   * @param doing what was attempted
   * @param server variable and address, without a password
   */
  static WorldException translate(String doing, String server, Throwable thrown) {
    if (thrown instanceof RedissonShutdownException) {
      return new WorldException(
          ErrorCode.CLOSED, "cannot " + doing + ": the Redis client is closed", shown(thrown));
    }
    if (isRefusal(thrown)) {
      return new WorldException(
          ErrorCode.CONTRACT_VIOLATION,
          "cannot " + doing + ": " + server + " answered " + words(thrown),
          shown(thrown));
    }
    return new WorldException(
        ErrorCode.UNAVAILABLE,
        "cannot " + doing + ": " + server + " does not answer",
        shown(thrown));
  }

  /** What stands in for an exception of the driver, which quotes command and arguments. */
  static ServerFailure shown(Throwable thrown) {
    return new ServerFailure(thrown, words(thrown));
  }

  /** What the server said, without what the driver puts behind it; nothing of what others say. */
  private static String words(Throwable thrown) {
    return thrown instanceof RedisException ? words(String.valueOf(thrown.getMessage())) : "";
  }

  static String words(String message) {
    Matcher reply = REPLY.matcher(message);
    return reply.lookingAt() ? Secrets.mask(reply.group(1)) : "";
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
