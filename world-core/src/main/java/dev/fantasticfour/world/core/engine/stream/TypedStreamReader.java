package dev.fantasticfour.world.core.engine.stream;

import dev.fantasticfour.world.api.StreamReader;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.workflow.StreamType;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.port.LiveStreams;
import dev.fantasticfour.world.core.port.LiveStreams.Chunk;
import dev.fantasticfour.world.core.port.LiveStreams.Read;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * Reads chunks as values. A chunk that cannot be decoded fails the call that meets it, once; the
 * next call goes on behind it.
 */
final class TypedStreamReader<C> implements StreamReader<C> {

  private final LiveStreams.Reader reader;
  private final PayloadCodec codec;
  private final StreamId stream;
  private final StreamType<C> type;
  private final ArrayDeque<Chunk> fetched = new ArrayDeque<>();
  private boolean ended;

  TypedStreamReader(
      LiveStreams.Reader reader, PayloadCodec codec, StreamId stream, StreamType<C> type) {
    this.reader = reader;
    this.codec = codec;
    this.stream = stream;
    this.type = type;
  }

  @Override
  public Optional<Item<C>> next(Duration patience) throws InterruptedException {
    Chunk next = fetched.poll();
    if (next != null) {
      return Optional.of(item(next));
    }
    if (ended) {
      return Optional.of(new Item.End<>());
    }
    return switch (reader.next(patience)) {
      case Read.Chunks read -> {
        fetched.addAll(read.chunks());
        yield Optional.of(item(fetched.remove()));
      }
      case Read.Nothing nothing -> Optional.empty();
      case Read.End end -> {
        ended = true;
        yield Optional.of(new Item.End<>());
      }
      case Read.Truncated gap -> Optional.of(new Item.Truncated<>(gap.from(), gap.resumesAt()));
    };
  }

  @Override
  public void close() {
    reader.close();
  }

  private Item<C> item(Chunk chunk) {
    return switch (chunk) {
      case Chunk.Data data -> new Item.Chunk<>(data.index(), value(data));
      case Chunk.Restarted mark -> new Item.Restarted<>(mark.index(), mark.stepId(), mark.from());
    };
  }

  private C value(Chunk.Data data) {
    C value = codec.decode(data.payload(), type.chunk());
    if (value == null) {
      throw new WorldException(
          ErrorCode.SERIALIZATION,
          "chunk "
              + data.index()
              + " of stream '"
              + stream.name()
              + "' of run "
              + stream.run()
              + " is null; World's own writers never write that");
    }
    return value;
  }
}
