package dev.fantasticfour.world.api.workflow;

import java.time.Duration;

/**
 * The signals of one name that were sent to the run, first in, first out, in the order of its log.
 * Nobody has to open it: a signal is kept from the moment the run exists, and waits for code that
 * asks.
 *
 * <p>Used by the branch that asked for it and by those forked below, one at a time: {@code
 * ctx.any(List.of(b -> in.await(), b -> …))} is a race for the next signal, and who loses it takes
 * nothing. However often it is asked for, a name has one inbox. Anywhere else its calls throw
 * {@link dev.fantasticfour.world.api.error.ContextMisuseException}.
 */
public interface Inbox<P> {

  /**
   * The next signal's payload, waiting for it without a limit and without a thread; null when null
   * was sent.
   *
   * @throws dev.fantasticfour.world.api.error.CancelledException when the run or the branch is
   *     cancelled meanwhile
   * @throws dev.fantasticfour.world.api.error.WorldException {@code SERIALIZATION} when a signal
   *     came that cannot be read as its type, naming both; it is taken, and the next call waits for
   *     the next one
   */
  P await();

  /**
   * The next signal, waiting for it that long from this moment; zero or less is {@link #poll()}. A
   * signal that comes later stays in the inbox: a timeout swallows nothing.
   *
   * @throws dev.fantasticfour.world.api.error.CancelledException as {@link #await()}
   * @throws dev.fantasticfour.world.api.error.WorldException as {@link #await()}
   */
  Received<P> await(Duration timeout);

  /**
   * The next signal if one is there already.
   *
   * @throws dev.fantasticfour.world.api.error.WorldException as {@link #await()}
   */
  Received<P> poll();

  /** How many signals have come that nobody has taken. */
  int pending();
}
