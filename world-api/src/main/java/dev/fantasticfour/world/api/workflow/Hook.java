package dev.fantasticfour.world.api.workflow;

import java.time.Duration;
import java.util.Optional;

/**
 * A door to the outside: payloads sent to its token arrive in a durable first-in first-out mailbox.
 * Registered when {@code ctx.hook} returned; several payloads may be received, one per await.
 * Belongs to the branch that created it.
 */
public interface Hook<P> extends AutoCloseable {

  /** The id of the hook, unique within its run. */
  String id();

  /** What a sender has to know. Treat it as a secret if it must not be guessed. */
  String token();

  /**
   * The next payload, waiting for it without a limit and without a thread.
   *
   * @throws dev.fantasticfour.world.api.error.CancelledException when the run is cancelled
   *     meanwhile
   */
  P await();

  /**
   * The next payload, waiting for it that long. A payload that comes later stays in the mailbox: a
   * timeout swallows nothing.
   */
  Optional<P> await(Duration timeout);

  /** The next payload if one is there already. */
  Optional<P> poll();

  /**
   * Listens no longer and frees the token. Payloads not read are dropped. Idempotent; also done
   * when the run ends.
   */
  @Override
  void close();
}
