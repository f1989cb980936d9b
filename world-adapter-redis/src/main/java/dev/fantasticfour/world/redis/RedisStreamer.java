package dev.fantasticfour.world.redis;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Capability;
import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.redis.StreamPages.StreamPage;
import java.util.ArrayList;
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
 * (ST-4). A stream whose keys were lost is reported as {@link Streamer.Read.Truncated}, from the
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
  private final StreamNews news;
  private final Announcements announcements;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * @param connection closed with this streamer
   */
  public RedisStreamer(RedisConnection connection, RedisKeys keys, StreamSettings settings) {
    this.connection = connection;
    this.keys = keys;
    this.settings = settings;
    this.pages = new StreamPages(connection, keys);
    this.news = new StreamNews(connection);
    this.announcements = new Announcements(connection, keys);
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
    return write(stream, "", null, writer, chunks);
  }

  @Override
  public Written write(
      StreamId stream, long life, WriteId id, @Nullable Writer writer, List<Payload> chunks) {
    requireUsable(stream);
    requireLife(life);
    return write(stream, Long.toString(life), id, writer, chunks);
  }

  private Written write(
      StreamId stream,
      String life,
      @Nullable WriteId id,
      @Nullable Writer writer,
      List<Payload> chunks) {
    ScriptArguments arguments =
        new ScriptArguments()
            .add(KeyText.escape(stream.name()))
            .add(keys.channel(stream))
            .add(writer == null ? "" : KeyText.escape(writer.stepId()))
            .add(writer == null ? 0 : writer.attempt())
            .add(life)
            .add(id == null ? "" : KeyText.escape(id.source()))
            .add(id == null ? 0 : id.number());
    for (Payload chunk : chunks) {
      arguments.add(StoredChunk.encode(writer, chunk));
    }
    ScriptReply reply =
        connection.call(
            "write to stream '" + stream.name() + "' of run " + stream.run(),
            LuaScript.WRITE,
            places(stream),
            arguments);
    return switch (reply.text()) {
      case "stored" -> stored(reply.number(), reply.number(), writer);
      case "lost" -> new Written.Lost();
      case "ended" -> new Written.Ended();
      case "superseded" -> new Written.Superseded((int) reply.number());
      case String other -> throw new IllegalStateException("unknown answer " + other);
    };
  }

  private static Written stored(long first, long markedFrom, @Nullable Writer writer) {
    return writer == null || markedFrom < 0
        ? new Written.Stored(first)
        : new Written.Stored(first, new Chunk.Restarted(first - 1, writer.stepId(), markedFrom));
  }

  /** Sent once: a life that was opened and lost must not come back by a repetition. */
  @Override
  public boolean open(StreamId stream, Life life) {
    requireUsable(stream);
    ScriptArguments arguments =
        new ScriptArguments()
            .add(KeyText.escape(stream.name()))
            .add(keys.channel(stream))
            .add(life.number())
            .add(life.base());
    life.steps()
        .forEach(
            (step, standing) ->
                arguments.add(KeyText.escape(step)).add(standing.attempt()).add(standing.first()));
    return connection
        .call(
            "open stream '" + stream.name() + "' of run " + stream.run(),
            LuaScript.OPEN,
            places(stream),
            arguments)
        .text()
        .equals("opened");
  }

  @Override
  public void forget(StreamId stream) {
    requireUsable(stream);
    if (!settings.retention().isZero()) {
      connection.insist(
          "forget stream '" + stream.name() + "' of run " + stream.run(),
          LuaScript.FORGET,
          places(stream),
          new ScriptArguments()
              .add(KeyText.escape(stream.name()))
              .add(Delays.millis(settings.retention())));
    }
  }

  @Override
  public void end(StreamId stream) {
    requireUsable(stream);
    connection.insist(
        "end stream '" + stream.name() + "' of run " + stream.run(),
        LuaScript.END,
        places(stream),
        new ScriptArguments().add(KeyText.escape(stream.name())).add(keys.channel(stream)));
  }

  @Override
  public OptionalLong end(StreamId stream, long life) {
    requireUsable(stream);
    requireLife(life);
    ScriptReply reply =
        connection.insist(
            "end stream '" + stream.name() + "' of run " + stream.run(),
            LuaScript.END_LIFE,
            places(stream),
            new ScriptArguments()
                .add(KeyText.escape(stream.name()))
                .add(keys.channel(stream))
                .add(life));
    return reply.hasNext() ? OptionalLong.of(reply.number()) : OptionalLong.empty();
  }

  @Override
  public void endAll(RunId run) {
    requireOpen();
    connection.insist(
        "end the streams of run " + run,
        LuaScript.END_ALL,
        List.of(keys.names(run)),
        new ScriptArguments().add(keys.metaPrefix(run)).add(keys.channelPrefix(run)));
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
    ScriptReply reply =
        connection.insist(
            "list the streams of run " + run,
            LuaScript.NAMES,
            List.of(keys.names(run)),
            new ScriptArguments());
    List<String> names = new ArrayList<>();
    while (reply.hasNext()) {
      names.add(KeyText.unescape(reply.text()));
    }
    names.sort(null);
    return names;
  }

  @Override
  public void announce(String channel, List<String> messages) {
    if (!closed.get()) {
      announcements.announce(channel, messages);
    }
  }

  @Override
  public Listening listen(String channel, Consumer<String> listener, Runnable gap) {
    requireOpen();
    if (channel.isEmpty() || channel.indexOf(0) >= 0) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT, "a channel must have a name without NUL");
    }
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

  private List<String> places(StreamId stream) {
    return List.of(keys.chunks(stream), keys.meta(stream), keys.names(stream.run()));
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
