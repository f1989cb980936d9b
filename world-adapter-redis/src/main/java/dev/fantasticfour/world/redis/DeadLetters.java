package dev.fantasticfour.world.redis;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.port.Queue.DeadLetter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads, revives and drops the dead letters of queues. */
final class DeadLetters {

  private final RedisConnection connection;
  private final RedisKeys keys;

  DeadLetters(RedisConnection connection, RedisKeys keys) {
    this.connection = connection;
    this.keys = keys;
  }

  Page<DeadLetter> page(String queue, PageRequest request) {
    String direction =
        switch (request.order()) {
          case ASCENDING -> "up";
          case DESCENDING -> "down";
        };
    String list = direction + ":" + KeyText.escape(queue) + ":";
    ScriptReply reply =
        connection.insist(
            "read the dead letters of '" + queue + "'",
            LuaScript.DEAD,
            keys.queue(queue),
            new ScriptArguments()
                .add(direction)
                .add(after(list, request.cursor()))
                .add(request.limit() + 1L));
    List<DeadLetter> letters = new ArrayList<>();
    String cursor = request.cursor();
    while (reply.hasNext() && letters.size() < request.limit()) {
      String id = reply.text();
      cursor = list + reply.number();
      letters.add(letter(id, reply.text(), reply.bytes()));
    }
    return new Page<>(letters, cursor, reply.hasNext());
  }

  boolean revive(String queue, String messageId) {
    return connection
            .call(
                "revive message " + messageId,
                LuaScript.REVIVE,
                keys.queue(queue),
                new ScriptArguments().add(messageId))
            .number()
        == 1;
  }

  boolean drop(String queue, String messageId) {
    return connection
            .call(
                "drop message " + messageId,
                LuaScript.DROP,
                keys.queue(queue),
                new ScriptArguments().add(messageId))
            .number()
        == 1;
  }

  private static String after(String list, @Nullable String cursor) {
    if (cursor == null) {
      return "";
    }
    String place = cursor.startsWith(list) ? cursor.substring(list.length()) : "";
    if (!place.matches("\\d{1,16}")) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT,
          "cursor '" + cursor + "' is not one of these dead letters in this order");
    }
    return place;
  }

  private static DeadLetter letter(String id, String note, byte[] stored) {
    int space = note.indexOf(' ');
    int attempts = Integer.parseInt(note.substring(0, space));
    String error = note.substring(space + 1);
    try {
      Envelope envelope = Envelope.decode(stored);
      return new DeadLetter(id, envelope.body(), envelope.headers(), attempts, error);
    } catch (IOException | RuntimeException e) {
      // Whatever is there, so that somebody can look at it.
      return new DeadLetter(id, Payload.binary(stored), Map.of(), attempts, error);
    }
  }
}
