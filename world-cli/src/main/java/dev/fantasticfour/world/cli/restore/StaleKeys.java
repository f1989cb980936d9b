package dev.fantasticfour.world.cli.restore;

import dev.fantasticfour.world.embedded.PlainRedisConnection;
import dev.fantasticfour.world.redis.RedisKeys;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys of Redis below a prefix: of a world whose storage is older now, all are of its future.
 */
record StaleKeys(PlainRedisConnection redis, RedisKeys keys) {

  private static final String PAGE = "1000";

  /** Deletes them, page by page, while Redis serves others. Returns how many there were. */
  long delete() throws IOException {
    long deleted = 0;
    for (String pattern : keys.kept()) {
      deleted += delete(pattern);
    }
    return deleted;
  }

  private long delete(String pattern) throws IOException {
    long deleted = 0;
    String cursor = "0";
    do {
      List<String> page = redis.ask(List.of("SCAN", cursor, "MATCH", pattern, "COUNT", PAGE));
      cursor = page.getFirst();
      List<String> found = page.subList(1, page.size());
      if (!found.isEmpty()) {
        List<String> command = new ArrayList<>();
        command.add("UNLINK");
        command.addAll(found);
        deleted += Long.parseLong(redis.ask(command).getFirst());
      }
    } while (!cursor.equals("0"));
    return deleted;
  }
}
