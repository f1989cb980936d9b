package dev.fantasticfour.world.redis;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.port.Announcements;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.redisson.client.RedisException;
import org.redisson.client.codec.ByteArrayCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners of a channel, wherever they are, through Pub/Sub. Any number of threads. */
final class RedisAnnouncements implements Announcements, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RedisAnnouncements.class);

  private final RedisConnection connection;
  private final RedisKeys keys;
  private final Set<RedisListening> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  RedisAnnouncements(RedisConnection connection, RedisKeys keys) {
    this.connection = connection;
    this.keys = keys;
  }

  /** Sends, and does not wait: nobody would do anything about a failure. */
  @Override
  public void announce(String channel, List<String> messages) {
    if (closed || messages.isEmpty()) {
      return;
    }
    try {
      connection
          .redisson()
          .getTopic(keys.announcements(channel), ByteArrayCodec.INSTANCE)
          .publishAsync(encode(messages))
          .whenComplete((receivers, failure) -> dropped(channel, failure));
    } catch (RedisException | WorldException e) {
      dropped(channel, e);
    }
  }

  @Override
  public Listening listen(String channel, Consumer<String> listener, Runnable gap) {
    if (closed) {
      throw new WorldException(ErrorCode.CLOSED, "the streamer is closed");
    }
    if (channel.isEmpty() || channel.indexOf(0) >= 0) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT, "a channel must have a name without NUL");
    }
    RedisListening listening =
        new RedisListening(
            connection,
            keys.announcements(channel),
            bytes -> decode(bytes).forEach(listener),
            gap,
            open::remove);
    open.add(listening);
    listening.start();
    if (closed) {
      // Closed meanwhile, too early to be closed with the others.
      listening.close();
    }
    return listening;
  }

  /** Ends every listening; nothing is told any more. */
  @Override
  public void close() {
    closed = true;
    open.forEach(RedisListening::close);
  }

  private static void dropped(String channel, @Nullable Throwable why) {
    if (why != null) {
      LOG.debug("Nobody was told on channel '{}'", channel, why);
    }
  }

  private static byte[] encode(List<String> messages) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(messages.size());
      for (String message : messages) {
        StoredText.write(out, message);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  private static List<String> decode(byte[] bytes) {
    List<String> messages = new ArrayList<>();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int count = in.readInt();
      for (int i = 0; i < count; i++) {
        messages.add(StoredText.read(in));
      }
    } catch (IOException e) {
      LOG.debug("An announcement that nobody of us sent is passed over", e);
    }
    return messages;
  }
}
