package dev.fantasticfour.world.redis;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Every key of this adapter. All begin with the job prefix; those of one queue share a hash tag,
 * and so do those of one run, so that a cluster keeps together what a script touches.
 */
public final class RedisKeys {

  private static final List<String> QUEUE_PARTS =
      List.of(
          "body",
          "attempt",
          "keyof",
          "key",
          "priority",
          "lease",
          "token",
          "delayed",
          "dead",
          "note",
          "bell");

  private final String prefix;

  /**
   * @param prefix what every key begins with; no braces
   */
  public RedisKeys(String prefix) {
    this.prefix = prefix;
  }

  /** The keys of a queue in the order its scripts take them; the ready lists, 0 to 9, last. */
  List<String> queue(String queue) {
    String tagged = queueTag(queue);
    return Stream.concat(
            QUEUE_PARTS.stream(), IntStream.rangeClosed(0, 9).mapToObj(p -> "ready:" + p))
        .map(part -> tagged + part)
        .toList();
  }

  /** The bodies of all queues, as a pattern: a queue has them exactly while it has messages. */
  String bodies() {
    return literal() + "queue:{*}:" + QUEUE_PARTS.getFirst();
  }

  /** All that is kept of queues and of streams, as patterns: of no other world. */
  public List<String> kept() {
    return List.of(literal() + "queue:{*", literal() + "run:{*");
  }

  /** The prefix as a pattern that means itself, whatever signs of patterns are in it. */
  private String literal() {
    return prefix.replaceAll("[*?\\[\\]\\\\^-]", "\\\\$0");
  }

  /** The queue that has those bodies. */
  String queueOf(String bodies) {
    String tag = prefix + "queue:{";
    return KeyText.unescape(bodies.substring(tag.length(), bodies.lastIndexOf('}')));
  }

  /** The list a consumer waits at. */
  String bell(String queue) {
    return queueTag(queue) + "bell";
  }

  /** The list at which one consumer is told that it need not wait any longer. */
  String door(String queue, String consumer) {
    return queueTag(queue) + "door:" + consumer;
  }

  /** The chunks of a stream, a list. */
  String chunks(StreamId stream) {
    return chunksPrefix(stream.run()) + KeyText.escape(stream.name());
  }

  /** What is known about a stream, a hash. */
  String meta(StreamId stream) {
    return metaPrefix(stream.run()) + KeyText.escape(stream.name());
  }

  /** Where readers are told that a stream has grown or ended. */
  String channel(StreamId stream) {
    return channelPrefix(stream.run()) + KeyText.escape(stream.name());
  }

  /** The names of the streams of a run, a hash: whether each has ended. */
  String names(RunId run) {
    return runTag(run) + "streams";
  }

  /** The Pub/Sub channel behind a channel of announcements. */
  String announcements(String channel) {
    return prefix + "channel:{" + KeyText.escape(channel) + "}";
  }

  /** A hash, a list and a sorted set that nobody else uses. */
  List<String> trial(String name) {
    return Stream.of("hash", "list", "sorted")
        .map(part -> prefix + "{" + KeyText.escape(name) + "}:" + part)
        .toList();
  }

  /** All keys and channels, as a pattern. */
  String everything() {
    return prefix + "*";
  }

  String chunksPrefix(RunId run) {
    return runTag(run) + "chunks:";
  }

  String metaPrefix(RunId run) {
    return runTag(run) + "stream:";
  }

  String channelPrefix(RunId run) {
    return runTag(run) + "news:";
  }

  private String queueTag(String queue) {
    return prefix + "queue:{" + KeyText.escape(queue) + "}:";
  }

  private String runTag(RunId run) {
    return prefix + "run:{" + KeyText.escape(run.value()) + "}:";
  }
}
