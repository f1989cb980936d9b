package dev.fantasticfour.world.redis;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Capability;
import dev.fantasticfour.world.core.port.LiveStreams;
import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.redis.StreamPages.StreamPage;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Streams on Redis lists.
 *
 * <p><b>Guarantees.</b> Those of {@link Streamer}. The index of a chunk is its place in a list that
 * is only appended to, by one script that also checks the attempt and the end (ST-2, ST-3, ST-9).
 * Readers always read the list; Pub/Sub merely wakes them, and without it they look for themselves
 * (ST-4). A stream whose keys were lost is reported as {@link LiveStreams.Read.Truncated}, from the
 * reader's position, and goes on at the base of what is written anew. A life is bound to the server
 * process it was opened on: one that was restarted, or took over, may lack the latest chunks.
 *
 * <p><b>Concurrency.</b> A reader costs one bounded page while it is asked and a shared Pub/Sub
 * subscription while it waits; nothing in between.
 *
 * <p><b>Failure.</b> {@code UNAVAILABLE} within about four seconds, naming variable, host and port.
 * Open readers go on by themselves.
 */
public final class RedisStreamer implements Streamer {

  /** A page for a caller who asked for many chunks still ends after so many bytes. */
  private static final int SNAPSHOT_BYTES = 8 << 20;

  private final RedisConnection connection;
  private final RedisKeys keys;
  private final StreamSettings settings;
  private final StreamPages pages;
  private final StreamWrites writes;
  private final StreamNews news;
  private final RedisAnnouncements announcements;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * @param connection closed with this streamer
   */
  public RedisStreamer(RedisConnection connection, RedisKeys keys, StreamSettings settings) {
    this.connection = connection;
    this.keys = keys;
    this.settings = settings;
    this.pages = new StreamPages(connection, keys);
    this.writes = new StreamWrites(connection, keys);
    this.news = new StreamNews(connection);
    this.announcements = new RedisAnnouncements(connection, keys);
  }

  /**
   * Opens a streamer without Guice.
   *
   * @throws WorldException {@code UNAVAILABLE} when the server refuses user or password; one that
   *     is away is waited for
   */
  public static RedisStreamer open(WorldConfig config) {
    return new RedisStreamer(
        RedisConnection.open(config), new RedisKeys(config.jobPrefix()), StreamSettings.defaults());
  }

  @Override
  public Written write(StreamId stream, @Nullable Writer writer, List<Payload> chunks) {
    requireUsable(stream);
    if (chunks.isEmpty()) {
      StreamPage page = pages.info(stream);
      return page.ended() ? new Written.Ended() : new Written.Stored(page.next());
    }
    return writes.write(stream, 0, null, writer, chunks);
  }

  @Override
  public Written write(
      StreamId stream, long life, WriteId id, @Nullable Writer writer, List<Payload> chunks) {
    requireUsable(stream);
    requireLife(life);
    return writes.write(stream, life, id, writer, chunks);
  }

  @Override
  public boolean open(StreamId stream, Life life) {
    requireUsable(stream);
    return writes.open(stream, life);
  }

  @Override
  public void forget(StreamId stream) {
    requireUsable(stream);
    if (!settings.retention().isZero()) {
      writes.forget(stream, settings.retention());
    }
  }

  @Override
  public void end(StreamId stream) {
    requireUsable(stream);
    writes.end(stream);
  }

  @Override
  public OptionalLong end(StreamId stream, long life) {
    requireUsable(stream);
    requireLife(life);
    return writes.end(stream, life);
  }

  @Override
  public void endAll(RunId run) {
    requireOpen();
    writes.endAll(run);
  }

  @Override
  public Reader read(StreamId stream, long from) {
    requireUsable(stream);
    long position = from < 0 ? Math.max(0, pages.info(stream).next() + from) : from;
    return new RedisReader(
        stream, keys.channel(stream), position, connection, pages, news, settings, closed::get);
  }

  @Override
  public Page<Chunk> chunks(StreamId stream, PageRequest page) {
    requireUsable(stream);
    if (page.order() != PageRequest.Order.ASCENDING) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT, "the chunks of a stream are read in ascending order only");
    }
    String list = KeyText.escape(stream.run().value()) + ":" + KeyText.escape(stream.name()) + ":";
    long from = position(list, page.cursor());
    StreamPage found = pages.read(stream, from, page.limit(), SNAPSHOT_BYTES);
    long next = Math.max(from, found.base()) + found.chunks().size();
    return new Page<>(found.chunks(), list + next, next < found.next());
  }

  @Override
  public Info info(StreamId stream) {
    requireUsable(stream);
    StreamPage page = pages.info(stream);
    return new Info(page.life(), page.base(), page.next(), page.ended());
  }

  @Override
  public List<String> list(RunId run) {
    requireOpen();
    return pages.names(run);
  }

  @Override
  public void announce(String channel, List<String> messages) {
    announcements.announce(channel, messages);
  }

  @Override
  public Listening listen(String channel, Consumer<String> listener, Runnable gap) {
    return announcements.listen(channel, listener, gap);
  }

  @Override
  public String version() {
    requireOpen();
    return connection.version();
  }

  @Override
  public Set<Capability> declined() {
    return Set.of();
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    // Those who wait now see that the streamer is closed.
    news.close();
    announcements.close();
    connection.close();
  }

  /** How many streams somebody waits for. */
  int listenedTo() {
    return news.size();
  }

  private void requireUsable(StreamId stream) {
    requireOpen();
    if (stream.name().isEmpty() || stream.name().indexOf(0) >= 0) {
      throw new WorldException(ErrorCode.INVALID_ARGUMENT, "a stream must have a name without NUL");
    }
  }

  private static void requireLife(long life) {
    if (life < 1) {
      throw new WorldException(ErrorCode.INVALID_ARGUMENT, "lives are numbered from 1");
    }
  }

  private void requireOpen() {
    if (closed.get()) {
      throw new WorldException(ErrorCode.CLOSED, "the streamer is closed");
    }
  }

  private static long position(String list, @Nullable String cursor) {
    if (cursor == null) {
      return 0;
    }
    String place = cursor.startsWith(list) ? cursor.substring(list.length()) : "";
    if (!place.matches("\\d{1,18}")) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT, "cursor '" + cursor + "' is not one of this stream");
    }
    return Long.parseLong(place);
  }
}
