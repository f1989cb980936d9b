package dev.fantasticfour.world.core.memory;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.time.Bell;
import dev.fantasticfour.world.core.port.LiveStreams.Life;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What several {@link MemoryStreamer} instances share. */
public final class MemoryStreamStore {

  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Bell> bells = ConcurrentHashMap.newKeySet();
  private final Map<RunId, Map<String, StreamLog>> streams = new HashMap<>();

  /**
   * Who listens, by channel; this is not under the lock, for whoever announces waits for nobody.
   */
  private final Map<String, Set<MemoryListening>> channels = new ConcurrentHashMap<>();

  /** No stream yet. */
  public MemoryStreamStore() {}

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
    T result = look(change);
    // Not under the lock: who waits at a bell looks at what is under it.
    bells.forEach(Bell::ring);
    return result;
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

  /** Rings from now on whenever something has changed. */
  void add(Bell bell) {
    bells.add(bell);
  }

  void remove(Bell bell) {
    bells.remove(bell);
  }

  /** Listens to a channel from now on. */
  void join(String channel, MemoryListening listening) {
    channels.computeIfAbsent(channel, c -> ConcurrentHashMap.newKeySet()).add(listening);
  }

  void leave(String channel, MemoryListening listening) {
    channels.getOrDefault(channel, Set.of()).remove(listening);
  }

  /** Tells whoever listens to a channel at this moment. */
  void tell(String channel, List<String> messages) {
    channels.getOrDefault(channel, Set.of()).forEach(listening -> listening.tell(messages));
  }
}
