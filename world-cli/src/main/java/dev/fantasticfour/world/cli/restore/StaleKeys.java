package dev.fantasticfour.world.cli.restore;

import dev.fantasticfour.world.embedded.PlainRedisConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys of Redis below a prefix: of a world whose storage is older now, all are of its future.
 */
record StaleKeys(PlainRedisConnection redis, String prefix) {

  private static final String PAGE = "1000";

  /**
   * What follows the prefix, as {@code RedisKeys} says; channels and trials leave no key behind.
   */
  private static final List<String> KINDS = List.of("queue:{", "run:{");

  /** Deletes them, page by page, while Redis serves others. Returns how many there were. */
  long delete() throws IOException {
    long deleted = 0;
    for (String kind : KINDS) {
      deleted += delete(pattern() + kind + "*");
    }
    return deleted;
  }

  private long delete(String pattern) throws IOException {
    long deleted = 0;
    String cursor = "0";
    do {
      List<String> page = redis.ask(List.of("SCAN", cursor, "MATCH", pattern, "COUNT", PAGE));
      cursor = page.getFirst();
      List<String> keys = page.subList(1, page.size());
      if (!keys.isEmpty()) {
        List<String> command = new ArrayList<>();
        command.add("UNLINK");
        command.addAll(keys);
        deleted += Long.parseLong(redis.ask(command).getFirst());
      }
    } while (!cursor.equals("0"));
    return deleted;
  }

  /** What a pattern means by the letters of a prefix that are signs in it. */
  private String pattern() {
    return prefix.replaceAll("[*?\\[\\]\\\\^-]", "\\\\$0");
  }
}
