package dev.fantasticfour.world.redis;

import dev.fantasticfour.world.api.config.Secrets;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.port.ServerFailure;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.redisson.RedissonShutdownException;
import org.redisson.client.RedisConnectionException;
import org.redisson.client.RedisException;
import org.redisson.client.RedisTimeoutException;

/** Turns what the driver throws into the one exception that crosses a port. */
final class RedisErrors {

  /**
   * First words of error replies that would come again: what was sent is wrong. All others pass by
   * themselves, or once somebody has acted: LOADING, READONLY, MISCONF, OOM, NOPERM and the like.
   */
  private static final Set<String> FINAL = Set.of("ERR", "WRONGTYPE", "CROSSSLOT", "NOPROTO");

  /** Before Redis 7, what a command in a script is answered stands somewhere in the error. */
  private static final Pattern IN_SCRIPT = Pattern.compile(": -([A-Z]+)\\b");

  private static final Pattern FIRST_WORD = Pattern.compile("^([A-Z]{3,})(?: |$)");

  /** Replies without a word of their own that pass all the same. */
  private static final Set<String> PASSING =
      Set.of("max number of clients reached", "Script killed by user");

  /** An error reply, which begins with a word in capitals, up to what the driver has to add. */
  private static final Pattern REPLY =
      Pattern.compile(
          "([A-Z][A-Z]+ .*?)(?:\\. channel: .*|\\. Command.*|, params: .*|[\\r\\n].*|$)",
          Pattern.DOTALL);

  /** Before Redis 7, what a command in a script is answered stands behind where that was. */
  private static final Pattern REPLY_IN_SCRIPT = Pattern.compile("-([A-Z]{3,} [^\\r\\n]*)");

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
    String word = word(thrown);
    if (word != null && FINAL.contains(word) && !passes(thrown)) {
      return new WorldException(
          ErrorCode.CONTRACT_VIOLATION,
          "cannot " + doing + ": " + server + " answered " + words(thrown),
          shown(thrown));
    }
    return new WorldException(
        ErrorCode.UNAVAILABLE,
        "cannot "
            + doing
            + ": "
            + server
            + (word == null ? " does not answer" : " refuses that now (" + word + ")"),
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
    if (reply.lookingAt()) {
      return Secrets.mask(reply.group(1));
    }
    Matcher inScript = REPLY_IN_SCRIPT.matcher(message);
    return inScript.find() ? Secrets.mask(inScript.group(1)) : "";
  }

  /**
   * The word that says what an error reply is about, or null when the server did not reply.
   * Redisson has a class for every way in which it did not, and wraps what it does not expect.
   */
  private static @Nullable String word(Throwable thrown) {
    if (!(thrown instanceof RedisException)
        || thrown instanceof RedisTimeoutException
        || thrown instanceof RedisConnectionException
        || thrown.getCause() != null) {
      return null;
    }
    String reply = String.valueOf(thrown.getMessage());
    Matcher inScript = IN_SCRIPT.matcher(reply);
    if (inScript.find()) {
      return inScript.group(1);
    }
    Matcher first = FIRST_WORD.matcher(reply);
    return first.find() ? first.group(1) : thrown.getClass() == RedisException.class ? "ERR" : null;
  }

  private static boolean passes(Throwable thrown) {
    String reply = String.valueOf(thrown.getMessage());
    return PASSING.stream().anyMatch(reply::contains);
  }

  /** In the words of Redis 7, of Redis 6, and of Redis 6 inside scripts. */
  static boolean isForbidden(String words) {
    return words.contains("NOPERM")
        || words.contains("can't run this command")
        || words.contains("No permissions")
        || words.contains("no permissions");
  }
}
