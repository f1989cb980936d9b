package dev.fantasticfour.world.core.port;

import java.util.List;
import java.util.function.Consumer;

/**
 * What is told to whoever listens at that moment, wherever it is: hints, kept nowhere. The ends of
 * runs are announced here, so that nobody who waits for one has to ask.
 *
 * <p><b>Guarantees.</b> Each listener of a channel, in this and in other processes, is told what is
 * announced there, in no promised order between different calls; or it is told of a gap once it may
 * have missed something (law L4). Channels are kept apart.
 *
 * <p><b>Concurrency.</b> Any number of threads and processes, and of listeners on one channel. A
 * slow listener holds up neither another nor who announces.
 *
 * <p><b>Failure.</b> Announcing never fails. Listening that is interrupted goes on by itself, and
 * the gap is told of; {@code CLOSED} and {@code INVALID_ARGUMENT} when it is asked for in vain.
 */
public interface Announcements {

  /**
   * Tells everybody who listens on a channel at this moment, in this and in other processes. A
   * hint: nobody is told later, and a message may get lost. Never throws; what cannot be told is
   * dropped.
   *
   * @param channel any non-empty name without NUL
   */
  void announce(String channel, List<String> messages);

  /**
   * Listens to a channel until closed.
   *
   * @param listener called on a thread of the adapter, one message at a time; must be quick and
   *     must not throw
   * @param gap called whenever messages may have been missed: once the listening has begun, and
   *     after every interruption
   */
  Listening listen(String channel, Consumer<String> listener, Runnable gap);

  /** A subscription to a channel. */
  interface Listening extends AutoCloseable {

    /**
     * Whether messages surely do not get through at this moment, so that who cannot wait had better
     * look elsewhere. Never blocks. When they get through again the gap is told of.
     */
    boolean isInterrupted();

    /** Listens no longer. Idempotent. */
    @Override
    void close();
  }
}
