package dev.fantasticfour.world.redis;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.LiveStreams.Chunk;
import dev.fantasticfour.world.core.port.LiveStreams.Life;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import dev.fantasticfour.world.core.port.LiveStreams.WriteId;
import dev.fantasticfour.world.core.port.LiveStreams.Writer;
import dev.fantasticfour.world.core.port.LiveStreams.Written;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Changes streams, by one script each time. What may be done twice is repeated while the server is
 * away; the rest is sent once.
 */
final class StreamWrites {

  private final RedisConnection connection;
  private final RedisKeys keys;

  StreamWrites(RedisConnection connection, RedisKeys keys) {
    this.connection = connection;
    this.keys = keys;
  }

  /**
   * Appends chunks, sent once.
   *
   * @param life the life they belong to, 0 for whichever there is
   * @param id by which a repetition is recognised, or null
   */
  Written write(
      StreamId stream,
      long life,
      @Nullable WriteId id,
      @Nullable Writer writer,
      List<Payload> chunks) {
    ScriptArguments arguments =
        named(stream)
            .add(keys.channel(stream))
            .add(writer == null ? "" : KeyText.escape(writer.stepId()))
            .add(writer == null ? 0 : writer.attempt())
            .add(life == 0 ? "" : Long.toString(life))
            .add(id == null ? "" : KeyText.escape(id.source()))
            .add(id == null ? 0 : id.number());
    for (Payload chunk : chunks) {
      arguments.add(StoredChunk.encode(writer, chunk));
    }
    ScriptReply reply =
        connection.call(doing("write to", stream), LuaScript.WRITE, places(stream), arguments);
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
  boolean open(StreamId stream, Life life) {
    ScriptArguments arguments =
        named(stream).add(keys.channel(stream)).add(life.number()).add(life.base());
    life.steps()
        .forEach(
            (step, standing) ->
                arguments.add(KeyText.escape(step)).add(standing.attempt()).add(standing.first()));
    return connection
        .call(doing("open", stream), LuaScript.OPEN, places(stream), arguments)
        .text()
        .equals("opened");
  }

  /** Forgets it after a while. */
  void forget(StreamId stream, Duration after) {
    connection.insist(
        doing("forget", stream),
        LuaScript.FORGET,
        places(stream),
        named(stream).add(Delays.millis(after)));
  }

  /** Ends it, whichever life it is in. */
  void end(StreamId stream) {
    connection.insist(
        doing("end", stream),
        LuaScript.END,
        places(stream),
        named(stream).add(keys.channel(stream)));
  }

  /** Ends it in a life. Returns the index after its last chunk; empty when that life is lost. */
  OptionalLong end(StreamId stream, long life) {
    ScriptReply reply =
        connection.insist(
            doing("end", stream),
            LuaScript.END_LIFE,
            places(stream),
            named(stream).add(keys.channel(stream)).add(life));
    return reply.hasNext() ? OptionalLong.of(reply.number()) : OptionalLong.empty();
  }

  /** Ends all streams of a run. */
  void endAll(RunId run) {
    connection.insist(
        "end the streams of run " + run,
        LuaScript.END_ALL,
        List.of(keys.names(run)),
        new ScriptArguments().add(keys.metaPrefix(run)).add(keys.channelPrefix(run)));
  }

  private static ScriptArguments named(StreamId stream) {
    return new ScriptArguments().add(KeyText.escape(stream.name()));
  }

  private List<String> places(StreamId stream) {
    return List.of(keys.chunks(stream), keys.meta(stream), keys.names(stream.run()));
  }

  private static String doing(String what, StreamId stream) {
    return what + " stream '" + stream.name() + "' of run " + stream.run();
  }
}
