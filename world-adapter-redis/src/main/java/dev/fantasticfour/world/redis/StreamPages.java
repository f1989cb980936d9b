package dev.fantasticfour.world.redis;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.LiveStreams.Chunk;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import java.util.ArrayList;
import java.util.List;

/** Reads snapshots of streams, a bounded piece at a time. */
final class StreamPages {

  /**
   * A piece of a stream.
   *
   * @param born tells the stream from a later one of the same name, after its keys were lost; empty
   *     for a stream that is not there
   * @param life its number, 0 when nobody opened one
   * @param base the first index there is
   * @param next the index after the last chunk
   * @param chunks from the index that was asked for, or from the base on
   */
  record StreamPage(
      String born, long life, long base, long next, boolean ended, List<Chunk> chunks) {}

  private final RedisConnection connection;
  private final RedisKeys keys;

  StreamPages(RedisConnection connection, RedisKeys keys) {
    this.connection = connection;
    this.keys = keys;
  }

  /** Whether there is a stream, how long it is, and whether it has ended. */
  StreamPage info(StreamId stream) {
    return new Reply(connection.insist(doing(stream), LuaScript.PAGE, places(stream), none()))
        .page(0);
  }

  /** A piece; repeats the call while the server is away. */
  StreamPage read(StreamId stream, long from, int most, int bytes) {
    return new Reply(
            connection.insist(
                doing(stream), LuaScript.PAGE, places(stream), bounds(from, most, bytes)))
        .page(from);
  }

  /** A piece, asked for once. */
  StreamPage tryRead(StreamId stream, long from, int most, int bytes) {
    return new Reply(
            connection.call(
                doing(stream), LuaScript.PAGE, places(stream), bounds(from, most, bytes)))
        .page(from);
  }

  /** The names of the streams of a run, in order. */
  List<String> names(RunId run) {
    ScriptReply reply =
        connection.insist(
            "list the streams of run " + run,
            LuaScript.NAMES,
            List.of(keys.names(run)),
            new ScriptArguments());
    List<String> names = new ArrayList<>();
    while (reply.hasNext()) {
      names.add(KeyText.unescape(reply.text()));
    }
    names.sort(null);
    return names;
  }

  private List<String> places(StreamId stream) {
    return List.of(keys.chunks(stream), keys.meta(stream));
  }

  private static ScriptArguments none() {
    return bounds(0, 0, 0);
  }

  private static ScriptArguments bounds(long from, int most, int bytes) {
    return new ScriptArguments().add(from).add(most).add(bytes);
  }

  private static String doing(StreamId stream) {
    return "read stream '" + stream.name() + "' of run " + stream.run();
  }

  private record Reply(ScriptReply values) {
    StreamPage page(long from) {
      String born = values.text();
      long life = values.number();
      long base = values.number();
      long next = values.number();
      boolean ended = values.number() == 1;
      List<Chunk> chunks = new ArrayList<>();
      long first = Math.max(from, base);
      while (values.hasNext()) {
        chunks.add(StoredChunk.decode(first + chunks.size(), values.bytes()));
      }
      return new StreamPage(born, life, base, next, ended, chunks);
    }
  }
}
