package dev.fantasticfour.world.core.port;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Payload;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Messages that hurry things along. The engine treats them as hints (law L4), but the port itself
 * promises to lose none.
 *
 * <p><b>Guarantees.</b> When {@link #enqueue} returns, the messages are stored. Each is delivered
 * at least once, and again until its handler answered; a crash, a thrown exception or a lost
 * lease costs an attempt and a growing pause, an {@link Answer.Again} costs neither. Messages
 * are not ordered. After {@value #MAX_ATTEMPTS} attempts a message is kept as a dead letter,
 * visible, never dropped.
 *
 * <p><b>Concurrency.</b> Any number of threads and processes; enqueueing needs no subscription
 * . A subscription runs at most as many handlers as it was given, on virtual threads, and
 * takes no message it cannot hand to one. The lease of a message is renewed while its
 * handler runs, for however long, and checked when it answers.
 *
 * <p><b>Failure.</b> {@code UNAVAILABLE} when the queue cannot answer; subscriptions survive that
 * and go on by themselves.
 */
public interface Queue extends AutoCloseable {

  /** How often a message is delivered before it becomes a dead letter. */
  int MAX_ATTEMPTS = 50;

  /**
   * What the names of queues begin with that belong to one worker. Nobody else takes what is sent
   * there, and a worker that died takes nothing any more: what has lain there for an hour may be
   * dropped, and with time nothing is left of such a queue.
   */
  String OF_A_WORKER = "worker.";

  /** How many keys can be asked about at once. */
  int MAX_KEYS = 1_000;

  /** Stores messages; all or none per queue name. */
  void enqueue(List<Message> messages);

  /**
   * Starts handling messages of a queue.
   *
   * @param concurrency how many handlers may run at once, at least 1
   */
  Subscription subscribe(String queue, int concurrency, Handler handler);

  /**
   * Which of these keys no message of a queue has: none that waits, is delayed or is being handled
   * . What was sent with such a key is done, dead, or lost.
   *
   * @param keys at most {@value #MAX_KEYS}
   */
  Set<String> missing(String queue, Collection<String> keys);

  /** Depth and age of a queue. */
  Stats stats(String queue);

  /** Dead letters of a queue, oldest first. */
  Page<DeadLetter> dead(String queue, PageRequest page);

  /** Puts a dead letter back with its attempts forgotten. Returns whether it was there. */
  boolean revive(String queue, String messageId);

  /**
   * Takes a dead letter away for good. Returns whether it was there; what is not dead is
   * left alone.
   */
  boolean drop(String queue, String messageId);

  /**
   * The queues that have messages, whatever their state. For people, now and then: a queue
   * may have to look at everything it has.
   */
  Set<String> queues();

  /** Name and version of the server, for people. */
  String version();

  /** What this adapter does not do; empty for a complete one. */
  Set<Capability> declined();

  /** Stops all subscriptions and frees what this instance opened itself. Idempotent. */
  @Override
  void close();

  /**
   * A message to store.
   *
   * @param id {@code msg_} and a ULID, stable over deliveries
   * @param queue any non-empty name without NUL
   * @param headers handed to the handler untouched
   * @param delay not before that much time has passed; zero or negative = at once
   * @param key while a message with this key waits, is delayed or is being handled in the same
   *     queue, another one with it is not stored; null = no such check
   * @param priority higher first, 0 to 9, normally 0
   */
  record Message(
      String id,
      String queue,
      Payload body,
      Map<String, String> headers,
      Duration delay,
      @Nullable String key,
      int priority) {

    public Message {
      headers = Map.copyOf(headers);
      if (priority < 0 || priority > 9) {
        throw new IllegalArgumentException("priority must be 0 to 9, is " + priority);
      }
    }
  }

  /**
   * A message in the hands of a handler.
   *
   * @param attempt 1-based
   */
  record Delivery(
      String id, String queue, Payload body, Map<String, String> headers, int attempt) {}

  /** What a handler says when it is finished. */
  sealed interface Answer {

    /** The message is done with. */
    record Done() implements Answer {}

    /** Deliver it again after that time, as if it were new: zero means now. */
    record Again(Duration after) implements Answer {}

    /** Done. */
    Answer DONE = new Done();
  }

  /** Handles messages. What it throws is a failed attempt. */
  @FunctionalInterface
  interface Handler {
    Answer handle(Delivery delivery) throws Exception;
  }

  /** A running consumer. */
  interface Subscription extends AutoCloseable {

    /**
     * Takes no further message, and waits for running handlers up to {@code patience}; those still
     * running then are interrupted and their messages delivered again later. Idempotent.
     */
    void close(Duration patience);

    @Override
    default void close() {
      close(Duration.ofSeconds(5));
    }
  }

  /**
   * @param ready waiting to be taken
   * @param delayed waiting for their time
   * @param inFlight being handled
   * @param dead dead letters
   * @param oldestReady age of the oldest ready message, zero when there is none
   */
  record Stats(long ready, long delayed, long inFlight, long dead, Duration oldestReady) {}

  /**
   * @param attempts how often it was tried
   * @param error what the last attempt said
   */
  record DeadLetter(
      String id, Payload body, Map<String, String> headers, int attempts, @Nullable String error) {}
}
