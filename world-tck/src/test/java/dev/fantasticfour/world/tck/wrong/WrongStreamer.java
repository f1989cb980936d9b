package dev.fantasticfour.world.tck.wrong;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.core.port.LiveStreams.Chunk;
import dev.fantasticfour.world.core.port.LiveStreams.Read;
import dev.fantasticfour.world.core.port.LiveStreams.Reader;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import dev.fantasticfour.world.core.port.LiveStreams.WriteId;
import dev.fantasticfour.world.core.port.LiveStreams.Writer;
import dev.fantasticfour.world.core.port.LiveStreams.Written;
import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStreamer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The ways to keep and to read streams wrongly. */
final class WrongStreamer {

  private static final int FEW = 64 * 1024;

  private WrongStreamer() {}

  /** What a reader does otherwise. */
  private interface Reading {
    Read next(Reader inner, Duration patience) throws InterruptedException;
  }

  private static Streamer reading(Streamer inner, Reading wrong) {
    return new ForwardingStreamer(inner) {
      @Override
      public Reader read(StreamId stream, long from) {
        Reader reader = inner.read(stream, from);
        return new Reader() {
          @Override
          public Read next(Duration patience) throws InterruptedException {
            return wrong.next(reader, patience);
          }

          @Override
          public long life() {
            return reader.life();
          }

          @Override
          public void close() {
            reader.close();
          }
        };
      }
    };
  }

  /** Stores something else than what it was given. */
  private static Streamer storing(Streamer inner, UnaryOperator<List<Payload>> wrong) {
    return new ForwardingStreamer(inner) {
      @Override
      public Written write(StreamId stream, Writer writer, List<Payload> chunks) {
        return inner.write(stream, writer, wrong.apply(chunks));
      }
    };
  }

  /** A reader that waits hears nothing; it looks again when its patience is over. */
  static Streamer withoutPoll(Streamer inner) {
    return reading(
        inner,
        (reader, patience) -> {
          Read read = reader.next(Duration.ZERO);
          if (read instanceof Read.Nothing) {
            long deadline = System.nanoTime() + patience.toNanos();
            while (System.nanoTime() - deadline < 0) {
              LockSupport.parkNanos(deadline - System.nanoTime());
            }
          }
          return read;
        });
  }

  /** What woke a reader is told twice: with the notification, and by looking. */
  static Streamer tellingTwice(Streamer inner) {
    return new ForwardingStreamer(inner) {
      @Override
      public Reader read(StreamId stream, long from) {
        Reader reader = inner.read(stream, from);
        return new Reader() {
          @Override
          public Read next(Duration patience) throws InterruptedException {
            Read read = reader.next(Duration.ZERO);
            if (read instanceof Read.Nothing
                && reader.next(patience) instanceof Read.Chunks(List<Chunk> chunks)) {
              List<Chunk> twice = new ArrayList<>(chunks);
              twice.add(chunks.getLast());
              return new Read.Chunks(twice);
            }
            return read;
          }

          @Override
          public long life() {
            return reader.life();
          }

          @Override
          public void close() {
            reader.close();
          }
        };
      }
    };
  }

  /**
   * A second end is another entry.
   *
   * @param ended shared by all instances over one store
   * @param twice streams that were ended twice
   */
  static Streamer endingTwice(Streamer inner, Set<StreamId> ended, Set<StreamId> twice) {
    return new ForwardingStreamer(inner) {
      @Override
      public void end(StreamId stream) {
        if (!ended.add(stream)) {
          twice.add(stream);
        }
        inner.end(stream);
      }

      @Override
      public Info info(StreamId stream) {
        Info info = inner.info(stream);
        return twice.contains(stream) ? new Info(info.next() + 1, info.ended()) : info;
      }

      @Override
      public Page<Chunk> chunks(StreamId stream, PageRequest page) {
        Page<Chunk> read = inner.chunks(stream, page);
        if (read.hasMore() || !twice.contains(stream)) {
          return read;
        }
        List<Chunk> more = new ArrayList<>(read.items());
        more.add(new Chunk.Data(inner.info(stream).next(), Payload.binary(new byte[0]), null, 0));
        return new Page<>(more, read.cursor(), false);
      }
    };
  }

  /**
   * Chunks stand in the order of their writers' clocks, and one clock is slow.
   *
   * @param slow streams that the slow writer has written to first
   */
  static Streamer orderedByClientClocks(Streamer inner, Set<String> late, boolean slow) {
    return new ForwardingStreamer(inner) {
      @Override
      public Written write(StreamId stream, Writer writer, List<Payload> chunks) {
        Written written = inner.write(stream, writer, chunks);
        if (slow && written instanceof Written.Stored stored && stored.first() > 0) {
          late.add(stream + "\n" + stored.first());
        }
        return written;
      }

      @Override
      public Page<Chunk> chunks(StreamId stream, PageRequest page) {
        Page<Chunk> read = inner.chunks(stream, page);
        List<Chunk> items = new ArrayList<>(read.items());
        for (int i = 1; i < items.size(); i++) {
          if (late.contains(stream + "\n" + items.get(i).index())) {
            Chunk before = items.get(i - 1);
            Chunk after = items.get(i);
            items.set(i - 1, at(after, before.index()));
            items.set(i, at(before, after.index()));
          }
        }
        return new Page<>(items, read.cursor(), read.hasMore());
      }
    };
  }

  private static Chunk at(Chunk chunk, long index) {
    return switch (chunk) {
      case Chunk.Data c -> new Chunk.Data(index, c.payload(), c.stepId(), c.attempt());
      case Chunk.Restarted c -> new Chunk.Restarted(index, c.stepId(), c.from());
    };
  }

  /** A lower attempt goes on writing. */
  static Streamer believingLowerAttempts(Streamer inner) {
    return new ForwardingStreamer(inner) {
      @Override
      public Written write(StreamId stream, Writer writer, List<Payload> chunks) {
        Written written = inner.write(stream, writer, chunks);
        return written instanceof Written.Superseded(int attempt)
            ? inner.write(stream, new Writer(writer.stepId(), attempt), chunks)
            : written;
      }
    };
  }

  /** Whatever there is of a stream is ended, in whichever life it is. */
  static Streamer endingAnyLife(Streamer inner) {
    return new ForwardingStreamer(inner) {
      @Override
      public OptionalLong end(StreamId stream, long life) {
        inner.end(stream);
        return OptionalLong.of(inner.info(stream).next());
      }
    };
  }

  /** A write is not known again. */
  static Streamer repeating(Streamer inner) {
    AtomicLong numbers = new AtomicLong();
    return new ForwardingStreamer(inner) {
      @Override
      public Written write(
          StreamId stream, long life, WriteId id, Writer writer, List<Payload> chunks) {
        WriteId other = new WriteId(id.source(), numbers.decrementAndGet());
        return inner.write(stream, life, other, writer, chunks);
      }
    };
  }

  /** Attempts are not told apart. */
  static Streamer withoutMarks(Streamer inner) {
    return new ForwardingStreamer(inner) {
      @Override
      public Written write(StreamId stream, Writer writer, List<Payload> chunks) {
        return inner.write(stream, writer == null ? null : new Writer(writer.stepId(), 1), chunks);
      }
    };
  }

  /** A negative index is the start. */
  static Streamer withoutNegativeIndices(Streamer inner) {
    return new ForwardingStreamer(inner) {
      @Override
      public Reader read(StreamId stream, long from) {
        return inner.read(stream, Math.max(0, from));
      }
    };
  }

  /** An empty chunk is none. */
  static Streamer withoutEmptyChunks(Streamer inner) {
    return storing(inner, chunks -> chunks.stream().filter(payload -> payload.size() > 0).toList());
  }

  /** A long chunk is cut. */
  static Streamer cuttingLongChunks(Streamer inner) {
    return storing(
        inner,
        chunks ->
            chunks.stream()
                .map(
                    payload ->
                        payload.size() <= FEW
                            ? payload
                            : Payload.of(
                                payload.codec(), java.util.Arrays.copyOf(payload.bytes(), FEW)))
                .toList());
  }

  /** What is written after the end is lost without a word. */
  static Streamer swallowingAfterTheEnd(Streamer inner) {
    return new ForwardingStreamer(inner) {
      @Override
      public Written write(StreamId stream, Writer writer, List<Payload> chunks) {
        Written written = inner.write(stream, writer, chunks);
        return written instanceof Written.Ended
            ? new Written.Stored(inner.info(stream).next())
            : written;
      }
    };
  }

  /** No cursor at the end of a stream. */
  static Streamer withoutTailCursor(Streamer inner) {
    return new ForwardingStreamer(inner) {
      @Override
      public Page<Chunk> chunks(StreamId stream, PageRequest page) {
        Page<Chunk> read = inner.chunks(stream, page);
        return read.hasMore() ? read : new Page<>(read.items(), null, false);
      }
    };
  }

  /** Whatever is announced is heard in the process that announces it only. */
  static Streamer deafToOthers(Streamer inner, Streamer alone) {
    return new ForwardingStreamer(inner) {
      @Override
      public void announce(String channel, List<String> messages) {
        alone.announce(channel, messages);
      }

      @Override
      public Listening listen(String channel, Consumer<String> listener, Runnable gap) {
        return alone.listen(channel, listener, gap);
      }
    };
  }

  /** To look at a stream makes it. */
  static Streamer makingWhatIsRead(Streamer inner, Set<StreamId> seen) {
    return new ForwardingStreamer(inner) {
      @Override
      public Info info(StreamId stream) {
        seen.add(stream);
        return inner.info(stream);
      }

      @Override
      public Page<Chunk> chunks(StreamId stream, PageRequest page) {
        seen.add(stream);
        return inner.chunks(stream, page);
      }

      @Override
      public List<String> list(dev.fantasticfour.world.api.run.RunId run) {
        List<String> names = new ArrayList<>(inner.list(run));
        seen.stream()
            .filter(stream -> stream.run().equals(run) && !names.contains(stream.name()))
            .forEach(stream -> names.add(stream.name()));
        return names.stream().sorted().toList();
      }
    };
  }
}
