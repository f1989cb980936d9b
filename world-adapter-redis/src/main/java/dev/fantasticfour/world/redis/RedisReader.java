package dev.fantasticfour.world.redis;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.port.LiveStreams.Read;
import dev.fantasticfour.world.core.port.LiveStreams.Reader;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import dev.fantasticfour.world.redis.StreamPages.StreamPage;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A live read: pulls a bounded page whenever it is asked, and waits at the stream's channel only
 * when there is none. Keeps a position and no chunks, so that a slow reader costs nothing (ST-17).
 */
final class RedisReader implements Reader {

  private final StreamId stream;
  private final String channelName;
  private final StreamPages pages;
  private final StreamNews news;
  private final StreamSettings settings;
  private final OutageNotice outage;
  private final BooleanSupplier streamerClosed;

  private long position;
  // The furthest the stream was seen to reach, and since when it had been there.
  private long known;
  private String born = "";
  private long life;
  private boolean delivered;
  private boolean ended;
  private volatile boolean closed;
  private final AtomicReference<StreamNews.@Nullable Channel> channel = new AtomicReference<>();

  RedisReader(
      StreamId stream,
      String channelName,
      long position,
      RedisConnection connection,
      StreamPages pages,
      StreamNews news,
      StreamSettings settings,
      BooleanSupplier streamerClosed) {
    this.stream = stream;
    this.channelName = channelName;
    this.position = position;
    this.outage = connection.outage();
    this.pages = pages;
    this.news = news;
    this.settings = settings;
    this.streamerClosed = streamerClosed;
  }

  @Override
  public Read next(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + Delays.millis(patience) * 1_000_000;
    while (true) {
      requireOpen();
      if (ended) {
        return new Read.End();
      }
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while reading " + stream);
      }
      StreamNews.Channel joined = channel.get();
      // Taken before the page is read: what comes in between ends the wait at once.
      long version = joined == null ? 0 : joined.version();
      Read read = look();
      if (read != null) {
        return read;
      }
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return new Read.Nothing();
      }
      if (joined == null) {
        joined = join();
        version = joined.version();
      }
      joined.await(version, Math.min(left, settings.poll().toNanos()));
    }
  }

  /** What there is to read now, or null. */
  private @Nullable Read look() {
    StreamPage page;
    try {
      page = pages.tryRead(stream, position, settings.pageChunks(), settings.pageBytes());
      outage.over();
    } catch (WorldException e) {
      if (e.code() != ErrorCode.UNAVAILABLE) {
        requireOpen();
        throw e;
      }
      outage.noticed(e);
      return null;
    }
    life = page.life();
    boolean isSame = born.isEmpty() || born.equals(page.born());
    if (!isSame || page.next() < known) {
      // Its keys were lost, and perhaps written anew.
      boolean wasInIt = delivered || position < known;
      born = page.born();
      known = 0;
      if (wasInIt) {
        return truncated(page);
      }
    }
    born = page.born();
    known = page.next();
    if (position < page.base()) {
      return truncated(page);
    }
    if (!page.chunks().isEmpty()) {
      position += page.chunks().size();
      delivered = true;
      return new Read.Chunks(page.chunks());
    }
    if (page.ended() && position >= page.next()) {
      ended = true;
      return new Read.End();
    }
    return null;
  }

  private Read truncated(StreamPage page) {
    long wanted = position;
    position = page.base();
    return new Read.Truncated(wanted, position);
  }

  @Override
  public long life() {
    return life;
  }

  private StreamNews.Channel join() {
    StreamNews.Channel joined = news.join(channelName);
    channel.set(joined);
    if (closed) {
      leave();
    }
    return joined;
  }

  @Override
  public void close() {
    closed = true;
    leave();
  }

  private void leave() {
    StreamNews.Channel joined = channel.getAndSet(null);
    if (joined != null) {
      news.leave(joined);
      joined.wake();
    }
  }

  private void requireOpen() {
    if (closed || streamerClosed.getAsBoolean()) {
      throw new WorldException(
          ErrorCode.CLOSED,
          (closed ? "this reader" : "the streamer")
              + " of stream '"
              + stream.name()
              + "' of run "
              + stream.run()
              + " is closed");
    }
  }
}
