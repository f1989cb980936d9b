package dev.fantasticfour.world.tck.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.PageRequest.Order;
import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.LiveStreams.Chunk;
import dev.fantasticfour.world.core.port.LiveStreams.Read;
import dev.fantasticfour.world.core.port.LiveStreams.Reader;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import dev.fantasticfour.world.core.port.LiveStreams.Written;
import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.tck.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What a test of the streamer kit works with: two instances, and streams nobody used before. It
 * remembers the streams it named, and looks at each as a whole in the end.
 */
public final class StreamScene {

  private final Stage<Streamer> stage;
  private final Set<StreamId> streams = ConcurrentHashMap.newKeySet();

  /** A scene on that stage. */
  public StreamScene(Stage<Streamer> stage) {
    this.stage = stage;
  }

  Stage<Streamer> stage() {
    return stage;
  }

  Streamer streamer() {
    return stage.main();
  }

  Streamer peer() {
    return stage.peer();
  }

  static RunId runId() {
    return new RunId("run-" + UUID.randomUUID());
  }

  /** A stream of a run that does not exist. */
  StreamId stream() {
    return stream(runId(), "out");
  }

  StreamId stream(RunId run, String name) {
    StreamId stream = new StreamId(run, name);
    streams.add(stream);
    return stream;
  }

  static List<Payload> texts(String... texts) {
    return Stream.of(texts).map(Payload::json).toList();
  }

  static Chunk data(long index, String text) {
    return new Chunk.Data(index, Payload.json(text), null, 0);
  }

  Written write(StreamId stream, String... texts) {
    return streamer().write(stream, null, texts(texts));
  }

  /** A stream with so many chunks, each its own index as text. */
  StreamId counted(int count) {
    StreamId stream = stream();
    write(
        stream, Stream.iterate(0, i -> i + 1).limit(count).map(i -> "" + i).toArray(String[]::new));
    return stream;
  }

  /** All chunks there are, page by page. */
  static List<Chunk> all(Streamer at, StreamId stream, int limit) {
    List<Chunk> chunks = new ArrayList<>();
    PageRequest request = new PageRequest(limit, null, Order.ASCENDING);
    while (true) {
      Page<Chunk> page = at.chunks(stream, request);
      chunks.addAll(page.items());
      if (!page.hasMore()) {
        return chunks;
      }
      request = request.after(page.cursor());
    }
  }

  /** Reads so many chunks live, or to the end when that comes first. */
  List<Chunk> read(Reader reader, int count) {
    List<Chunk> chunks = new ArrayList<>();
    while (chunks.size() < count && next(reader) instanceof Read.Chunks more) {
      chunks.addAll(more.chunks());
    }
    return chunks;
  }

  /** Reads live from an index to the end. */
  List<Chunk> readToEnd(Streamer at, StreamId stream, long from) {
    try (Reader reader = at.read(stream, from)) {
      return read(reader, Integer.MAX_VALUE);
    }
  }

  /** The next that a reader is told within the patience of the harness. */
  Read next(Reader reader) {
    Duration patience = stage.harness().patience();
    Read read = next(reader, patience);
    if (read instanceof Read.Nothing) {
      throw new AssertionError(
          "within " + patience + " the reader should have been told something");
    }
    return read;
  }

  static Read next(Reader reader, Duration patience) {
    try {
      return reader.next(patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Looks at every stream as a whole: indices dense from 0, the same for every instance. */
  public void judge() {
    for (StreamId stream : streams) {
      List<Chunk> chunks = all(streamer(), stream, PageRequest.MAX);
      for (int i = 0; i < chunks.size(); i++) {
        assertThat(chunks.get(i).index()).as("[oracle] ST-2: index in %s", stream).isEqualTo(i);
      }
      assertThat(all(peer(), stream, 700)).as("[oracle] ST-3: %s", stream).isEqualTo(chunks);
      assertThat(peer().info(stream).next())
          .as("[oracle] ST-2: the next index of %s", stream)
          .isEqualTo(chunks.size());
    }
  }
}
