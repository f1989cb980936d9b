package dev.fantasticfour.world.core.memory;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.time.Bell;
import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.port.Capability;
import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.core.rules.PageCursors;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Streams in memory. Several instances over one {@link MemoryStreamStore} are to each other what
 * processes on one server are.
 */
public final class MemoryStreamer implements Streamer {

  private final MemoryStreamStore store;
  private final Bell changed;
  private final MemoryAnnouncements announcements;
  private final Instance instance = new Instance("streamer");

  /** Opens an empty store of its own. */
  public MemoryStreamer(Machine machine) {
    this(new MemoryStreamStore(), machine);
  }

  /**
   * Opens a store that others may have open too.
   *
   * @param machine where readers wait, and which has the threads that listeners are called on
   */
  public MemoryStreamer(MemoryStreamStore store, Machine machine) {
    this.store = store;
    this.changed = machine.bell();
    this.announcements = new MemoryAnnouncements(instance, store, machine);
    store.add(changed);
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
    instance.requireOpen();
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
    return new MemoryReader(instance, changed, store, stream, first);
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
    instance.requireOpen();
    return store.look(() -> List.copyOf(store.ofRun(run).keySet()));
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
    return "memory";
  }

  @Override
  public Set<Capability> declined() {
    return EnumSet.of(Capability.DURABLE, Capability.MULTI_PROCESS);
  }

  @Override
  public void close() {
    instance.end();
    announcements.close();
    store.remove(changed);
    changed.ring();
  }

  private void requireUsable(StreamId stream) {
    instance.requireOpen();
    if (stream.name().isEmpty() || stream.name().indexOf(0) >= 0) {
      throw MemoryStore.invalid("a stream name must be neither empty nor hold NUL");
    }
  }

  private static void requireLife(long life) {
    if (life < 1) {
      throw MemoryStore.invalid("lives are numbered from 1");
    }
  }
}
