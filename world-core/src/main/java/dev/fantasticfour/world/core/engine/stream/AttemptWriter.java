package dev.fantasticfour.world.core.engine.stream;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.workflow.StreamType;
import dev.fantasticfour.world.api.workflow.StreamWriter;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.core.port.Streamer.StreamId;
import dev.fantasticfour.world.core.port.Streamer.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Writes the chunks of one attempt of a step. Holds nothing back: what is written is stored. */
final class AttemptWriter<C> implements StreamWriter<C> {

  private final Streamer streamer;
  private final PayloadCodec codec;
  private final StreamId stream;
  private final Streamer.Writer writer;
  private final StreamType<C> type;
  private final Runnable used;
  private final AtomicBoolean first = new AtomicBoolean(true);

  AttemptWriter(
      Streamer streamer,
      PayloadCodec codec,
      StreamId stream,
      Streamer.Writer writer,
      StreamType<C> type,
      Runnable used) {
    this.streamer = streamer;
    this.codec = codec;
    this.stream = stream;
    this.writer = writer;
    this.type = type;
    this.used = used;
  }

  @Override
  public void writeAll(List<? extends C> chunks) {
    List<Payload> payloads = new ArrayList<>(chunks.size());
    for (C chunk : chunks) {
      payloads.add(encode(chunk));
    }
    if (payloads.isEmpty()) {
      return;
    }
    if (first.getAndSet(false)) {
      used.run();
    }
    switch (streamer.write(stream, writer, payloads)) {
      case Written.Stored stored -> {}
      case Written.Ended ended ->
          throw new WorldException(
              ErrorCode.RUN_ENDED,
              "stream '"
                  + stream.name()
                  + "' of run "
                  + stream.run()
                  + " has ended, so step "
                  + writer.stepId()
                  + " cannot write to it any more");
      case Written.Superseded superseded ->
          throw new CancellationException(
              "attempt "
                  + writer.attempt()
                  + " of step "
                  + writer.stepId()
                  + " no longer writes to stream '"
                  + stream.name()
                  + "': attempt "
                  + superseded.attempt()
                  + " has");
    }
  }

  private Payload encode(@Nullable C chunk) {
    Payload payload = codec.encode(chunk, type.chunk());
    if (payload == null) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT,
          "a chunk of stream '" + stream.name() + "' is null; leave it out");
    }
    return payload;
  }
}
