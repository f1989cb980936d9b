package dev.fantasticfour.world.core.memory;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Capability;
import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.core.rules.PageCursors;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Streams in memory. Several instances over one {@link Store} are to each other what processes on
 * one server are.
 */
public final class MemoryStreamer implements Streamer {

  private final Store store;
  private final ThreadFactory threads;
  private final Set<MemoryListening> listenings = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** Opens an empty store of its own. */
  public MemoryStreamer(ThreadFactory threads) {
    this(new Store(), threads);
  }

  /**
   * Opens a store that others may have open too.
   *
   * @param threads makes the threads that listeners are called on
   */
  public MemoryStreamer(Store store, ThreadFactory threads) {
    this.store = store;
    this.threads = threads;
  }

  @Override
  public Written write(StreamId stream, @Nullable Writer writer, List<Payload> chunks) {
    requireUsable(stream);
    // An empty list must not even make the stream known.
    return chunks.isEmpty()
        ? new Written.Stored(info(stream).next())
        : store.change(() -> store.made(stream).write(writer, chunks));
  }

  @Override
  public Written write(
      StreamId stream, long life, WriteId id, @Nullable Writer writer, List<Payload> chunks) {
    requireUsable(stream);
    requireLife(life);
    return store.change(
        () -> {
          StreamLog log = store.find(stream);
          return log == null || log.life() != life
              ? new Written.Lost()
              : log.write(id, writer, chunks);
        });
  }

  @Override
  public boolean open(StreamId stream, Life life) {
    requireUsable(stream);
    return store.change(() -> store.open(stream, life));
  }

  @Override
  public void forget(StreamId stream) {
    requireUsable(stream);
    store.change(() -> store.forget(stream));
  }

  @Override
  public void end(StreamId stream) {
    requireUsable(stream);
    store.change(
        () -> {
          store.made(stream).end();
          return true;
        });
  }

  @Override
  public OptionalLong end(StreamId stream, long life) {
    requireUsable(stream);
    requireLife(life);
    return store.change(
        () -> {
          StreamLog log = store.find(stream);
          if (log == null || log.life() != life) {
            return OptionalLong.empty();
          }
          log.end();
          return OptionalLong.of(log.next());
        });
  }

  @Override
  public void endAll(RunId run) {
    requireOpen();
    store.change(
        () -> {
          store.ofRun(run).values().forEach(StreamLog::end);
          return true;
        });
  }

  @Override
  public Reader read(StreamId stream, long from) {
    requireUsable(stream);
    long first = from >= 0 ? from : Math.max(0, info(stream).next() + from);
    return new MemoryReader(this, store, stream, first);
  }

  @Override
  public Page<Chunk> chunks(StreamId stream, PageRequest page) {
    requireUsable(stream);
    if (page.order() != PageRequest.Order.ASCENDING) {
      throw MemoryStore.invalid("chunks are listed in ascending order only");
    }
    String list = "chunks\n" + stream.run() + "\n" + stream.name();
    Page<Chunk> shown =
        store.look(() -> PageCursors.pageOfAll(list, page, store.seen(stream).all(), Chunk::index));
    // An empty page has a cursor too, at the start of the list: more may come.
    return shown.cursor() == null
        ? new Page<>(shown.items(), PageCursors.of(list, page, -1), shown.hasMore())
        : shown;
  }

  @Override
  public Info info(StreamId stream) {
    requireUsable(stream);
    return store.look(() -> store.seen(stream).info());
  }

  @Override
  public List<String> list(RunId run) {
    requireOpen();
    return store.look(() -> List.copyOf(store.ofRun(run).keySet()));
  }

  @Override
  public void announce(String channel, List<String> messages) {
    if (!closed) {
      store.channels.getOrDefault(channel, Set.of()).forEach(l -> l.tell(messages));
    }
  }

  @Override
  public Listening listen(String channel, Consumer<String> listener, Runnable gap) {
    requireOpen();
    requireName("channel", channel);
    MemoryListening listening =
        new MemoryListening(
            listener,
            gap,
            ended -> {
              store.channels.getOrDefault(channel, Set.of()).remove(ended);
              listenings.remove(ended);
            });
    Thread thread = threads.newThread(listening);
    listenings.add(listening);
    store.channels.computeIfAbsent(channel, c -> ConcurrentHashMap.newKeySet()).add(listening);
    boolean isStarted = false;
    try {
      thread.start();
      isStarted = true;
    } finally {
      if (!isStarted) {
        listening.close();
      }
    }
    return listening;
  }

  @Override
  public String version() {
    return "memory";
  }

  @Override
  public Set<Capability> declined() {
    return EnumSet.of(Capability.DURABLE, Capability.MULTI_PROCESS);
  }

  @Override
  public void close() {
    closed = true;
    listenings.forEach(MemoryListening::close);
    store.change(() -> true);
  }

  void requireOpen() {
    if (closed) {
      throw new WorldException(ErrorCode.CLOSED, "this streamer is closed");
    }
  }

  private void requireUsable(StreamId stream) {
    requireOpen();
    requireName("stream name", stream.name());
  }

  private static void requireLife(long life) {
    if (life < 1) {
      throw MemoryStore.invalid("lives are numbered from 1");
    }
  }

  private static void requireName(String what, String name) {
    if (name.isEmpty() || name.indexOf(0) >= 0) {
      throw MemoryStore.invalid("a " + what + " must be neither empty nor hold NUL");
    }
  }

  /** What several {@link MemoryStreamer} instances share. */
  public static final class Store {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<RunId, Map<String, StreamLog>> streams = new HashMap<>();

    /** Who listens, by channel. */
    final Map<String, Set<MemoryListening>> channels = new ConcurrentHashMap<>();

    /** No stream yet. */
    public Store() {}

    /** The stream, made when unknown. Under the lock only. */
    StreamLog made(StreamId stream) {
      return streams
          .computeIfAbsent(stream.run(), run -> new TreeMap<>())
          .computeIfAbsent(stream.name(), name -> new StreamLog());
    }

    /** Loses everything, as a server without persistence does when it is restarted. For tests. */
    public void lose() {
      boolean unused =
          change(
              () -> {
                streams.clear();
                return true;
              });
    }

    /** The stream, empty when unknown. Under the lock only. */
    StreamLog seen(StreamId stream) {
      StreamLog log = find(stream);
      return log == null ? new StreamLog() : log;
    }

    /** The stream, or null when unknown. Under the lock only. */
    @Nullable StreamLog find(StreamId stream) {
      return ofRun(stream.run()).get(stream.name());
    }

    /** Puts a life in the place of an earlier one. Under the lock only. */
    boolean open(StreamId stream, Life life) {
      StreamLog log = find(stream);
      if (log != null && log.life() >= life.number()) {
        return false;
      }
      streams
          .computeIfAbsent(stream.run(), run -> new TreeMap<>())
          .put(stream.name(), new StreamLog(life));
      return true;
    }

    /** Drops a stream that has ended. Under the lock only. */
    boolean forget(StreamId stream) {
      StreamLog log = find(stream);
      boolean isForgotten = log != null && log.isEnded();
      if (isForgotten) {
        streams.computeIfPresent(
            stream.run(),
            (run, byName) -> {
              byName.remove(stream.name());
              return byName.isEmpty() ? null : byName;
            });
      }
      return isForgotten;
    }

    /** The streams of a run by name. Under the lock only. */
    Map<String, StreamLog> ofRun(RunId run) {
      return streams.getOrDefault(run, Map.of());
    }

    /** Does something that nobody sees half done, and wakes all readers. */
    <T> T change(Supplier<T> change) {
      lock.lock();
      try {
        T result = change.get();
        changed.signalAll();
        return result;
      } finally {
        lock.unlock();
      }
    }

    /** Looks at something that nobody changes meanwhile. */
    <T> T look(Supplier<T> look) {
      lock.lock();
      try {
        return look.get();
      } finally {
        lock.unlock();
      }
    }

    /** Looks until there is something to tell, or the time is over. */
    Read await(Duration patience, Supplier<Read> look) throws InterruptedException {
      lock.lock();
      try {
        long nanos = nanos(patience);
        Read read = look.get();
        while (read instanceof Read.Nothing && nanos > 0) {
          nanos = changed.awaitNanos(nanos);
          read = look.get();
        }
        return read;
      } finally {
        lock.unlock();
      }
    }

    private static long nanos(Duration patience) {
      Duration most = Duration.ofNanos(Long.MAX_VALUE);
      return patience.compareTo(most) < 0 ? patience.toNanos() : Long.MAX_VALUE;
    }
  }
}
