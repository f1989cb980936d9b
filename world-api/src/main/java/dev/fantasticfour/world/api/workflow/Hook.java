package dev.fantasticfour.world.api.workflow;

import java.time.Duration;

/**
 * A door to the outside: payloads sent to its token arrive in a durable first-in first-out mailbox.
 * Registered when {@code ctx.hook} returned; several payloads may be received, one per await.
 *
 * <p>It belongs to the branch that opened it and ends with it. Branches that are forked below may
 * use it too, one at a time: {@code ctx.any(List.of(b -> hook.await(), b -> …))} is a race for the
 * next message. Anywhere else its calls throw {@link
 * dev.fantasticfour.world.api.error.ContextMisuseException}.
 */
public interface Hook<P> extends AutoCloseable {

  /** The id of the hook, unique within its run. */
  String id();

  /** What a sender has to know. Treat it as a secret if it must not be guessed. */
  String token();

  /**
   * The next payload, waiting for it without a limit and without a thread; null when null was sent.
   *
   * @throws dev.fantasticfour.world.api.error.CancelledException when the run or the branch is
   *     cancelled meanwhile
   * @throws dev.fantasticfour.world.api.error.WorldException {@code SERIALIZATION} when a message
   *     came that cannot be read as the type of the hook, naming both; the message is taken, and
   *     the next call waits for the next one
   */
  P await();

  /**
   * The next message, waiting for it that long from this moment; zero or less is {@link #poll()}. A
   * message that comes later stays in the mailbox: a timeout swallows nothing.
   *
   * @throws dev.fantasticfour.world.api.error.CancelledException as {@link #await()}
   * @throws dev.fantasticfour.world.api.error.WorldException as {@link #await()}
   */
  Received<P> await(Duration timeout);

  /**
   * The next message if one is there already.
   *
   * @throws dev.fantasticfour.world.api.error.WorldException as {@link #await()}
   */
  Received<P> poll();

  /**
   * How many messages have come that nobody has taken; after {@link #close()}, how many it dropped.
   */
  int unread();

  /**
   * Listens no longer and frees the token. Messages not read are dropped: {@link #unread()} says
   * how many, and so does a line in the log. Idempotent; also done when the branch that opened it
   * ends, in any way.
   */
  @Override
  void close();
}
