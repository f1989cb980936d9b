package dev.fantasticfour.world.core.engine.stream;

import dev.fantasticfour.world.api.StreamReader;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.workflow.StreamType;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.port.LiveStreams;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import dev.fantasticfour.world.core.port.StreamArchive;
import java.util.concurrent.CompletableFuture;

/** Opens typed writers and readers of the streams of runs. Safe for any number of threads. */
public final class StepStreams {

  /** Stream names that start with it are World's own. */
  public static final String RESERVED = "$";

  private final Machine machine;
  private final StreamSource source;
  private final StreamSink sink;
  private final PayloadCodec codec;

  /** Where live reads come from. */
  private interface StreamSource {
    LiveStreams.Reader read(StreamId stream, long from);

    /** Whether a stream was ever written to or ended. */
    boolean hasBegun(StreamId stream);
  }

  private StepStreams(Machine machine, StreamSource source, StreamSink sink, PayloadCodec codec) {
    this.machine = machine;
    this.source = source;
    this.sink = sink;
    this.codec = codec;
  }

  /** Streams that live in the streamer alone. */
  public StepStreams(Machine machine, LiveStreams streamer, PayloadCodec codec) {
    this(machine, reads(streamer), StreamSink.plain(streamer), codec);
  }

  /** Streams that are kept; they can be read, and are written to by nobody. */
  public static StepStreams kept(
      Machine machine, StreamArchive archive, LiveStreams streamer, PayloadCodec codec) {
    return new StepStreams(
        machine, reads(machine, archive, streamer), StreamSink.plain(streamer), codec);
  }

  /** Streams that are kept. */
  public static StepStreams kept(
      Machine machine,
      StreamArchive archive,
      LiveStreams streamer,
      StreamKeeper keeper,
      PayloadCodec codec) {
    return new StepStreams(machine, reads(machine, archive, streamer), keeper, codec);
  }

  private static StreamSource reads(LiveStreams streamer) {
    return new StreamSource() {
      @Override
      public LiveStreams.Reader read(StreamId stream, long from) {
        return streamer.read(stream, from);
      }

      @Override
      public boolean hasBegun(StreamId stream) {
        LiveStreams.Info info = streamer.info(stream);
        return info.next() > 0 || info.ended() || info.life() > 0;
      }
    };
  }

  private static StreamSource reads(Machine machine, StreamArchive archive, LiveStreams streamer) {
    StreamSource live = reads(streamer);
    return new StreamSource() {
      @Override
      public LiveStreams.Reader read(StreamId stream, long from) {
        return new KeptReader(machine, archive, streamer, stream, from);
      }

      @Override
      public boolean hasBegun(StreamId stream) {
        return archive.archived(stream, Long.MAX_VALUE, 1).life() > 0 || live.hasBegun(stream);
      }
    };
  }

  /**
   * A writer for one attempt of a step. Does no I/O.
   *
   * @param used called before the first chunks are written, so that whoever ends the run knows that
   *     there are streams to end; must be quick
   * @throws WorldException {@code INVALID_ARGUMENT} for a reserved name
   */
  public <C> AttemptWriter<C> writer(
      RunId run, LiveStreams.Writer writer, StreamType<C> type, Runnable used) {
    return new AttemptWriter<>(sink, codec, streamId(run, type), writer, type, used);
  }

  /**
   * A live read.
   *
   * @param from first index wanted; {@code -k} = the last k there are now
   * @throws WorldException {@code INVALID_ARGUMENT} for a reserved name
   */
  public <C> StreamReader<C> reader(RunId run, StreamType<C> type, long from) {
    StreamId stream = streamId(run, type);
    return new TypedStreamReader<>(source.read(stream, from), codec, stream, type);
  }

  /**
   * The same for as long as the run goes on: a stream that is never written to ends with it.
   *
   * @param runEnd done when the run has ended, and failed when there is no such run: then so is the
   *     read. Cancelled when the read is closed
   */
  public <C> StreamReader<C> reader(
      RunId run, StreamType<C> type, long from, CompletableFuture<?> runEnd) {
    StreamId stream = streamId(run, type);
    return new TypedStreamReader<>(
        new RunBoundReader(
            machine, source.read(stream, from), runEnd, () -> source.hasBegun(stream)),
        codec,
        stream,
        type);
  }

  private static StreamId streamId(RunId run, StreamType<?> type) {
    if (type.name().startsWith(RESERVED)) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT,
          "stream name '"
              + type.name()
              + "' is reserved: names that start with '"
              + RESERVED
              + "' are World's own; choose another");
    }
    return new StreamId(run, type.name());
  }
}
