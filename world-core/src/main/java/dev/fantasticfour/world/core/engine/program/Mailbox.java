package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.Received;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The author's hook: what arrives at its token. Read by the branch that opened it and by those
 * below.
 */
final class Mailbox<P> implements Hook<P>, BranchState.Opened {

  private final Workspace workspace;
  private final Consumer<Mailbox<?>> onEnd;
  private final BranchState opener;
  private final HookType<P> type;
  private final String id;
  private final String token;
  private final Promise<Boolean> registered = Promise.toTheEnd();
  private final Arrivals arrivals;
  private int dropped;
  private volatile boolean closed;

  /**
   * Who it is.
   *
   * @param id of the entity
   * @param token under which payloads are sent to it, which may be a secret
   */
  record Key<P>(HookType<P> type, String id, String token) {}

  /**
   * @param onEnd told when its code listens no longer
   */
  Mailbox(
      Workspace workspace,
      Waits waits,
      BranchState opener,
      Key<P> key,
      Consumer<Mailbox<?>> onEnd) {
    this.workspace = workspace;
    this.opener = opener;
    this.type = key.type();
    this.id = key.id();
    this.token = key.token();
    this.onEnd = onEnd;
    String name = type.name();
    // Without the token, which may be a secret.
    this.arrivals =
        new Arrivals(workspace, waits, name, () -> "hook '" + name + "' (" + id() + ")");
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String token() {
    return token;
  }

  /** Settled when the store has answered the creation. */
  Promise<Boolean> registered() {
    return registered;
  }

  /** A message; one that came before the store had heard of the close is missed. */
  void receive(@Nullable Payload payload, long position) {
    if (closed) {
      dropped++;
      warn("hook ''{0}'' ({1}) was closed just before a message came, which nobody reads");
    } else {
      arrivals.receive(payload, position);
    }
  }

  void leave(Collection<Long> positions) {
    arrivals.leave(positions);
  }

  @Override
  public P await() {
    return arrivals.await(enterWaiting(), type.payload());
  }

  @Override
  public Received<P> await(Duration timeout) {
    return arrivals.await(timeout, enterWaiting(), type.payload());
  }

  @Override
  public Received<P> poll() {
    BranchState unused = enter();
    return arrivals.poll(type.payload());
  }

  @Override
  public void close() {
    if (!closed && workspace.callers().mayUse(opener)) {
      end();
    }
  }

  /** Listens no longer. */
  @Override
  public void end() {
    closed = true;
    drop();
    opener.closedHook(this);
    onEnd.accept(this);
    arrivals.end();
  }

  @Override
  public int unread() {
    return closed ? dropped : arrivals.size();
  }

  HookType<P> type() {
    return type;
  }

  /** Whether its code still listens. Asked by any thread. */
  boolean isOpen() {
    return !closed && !workspace.halt().isDetached();
  }

  private void drop() {
    dropped = arrivals.size();
    arrivals.clear();
    if (dropped > 0) {
      warn("hook ''{0}'' ({1}) was closed with {2} message(s) that nobody had read");
    }
  }

  private void warn(String message) {
    workspace.logger().log(System.Logger.Level.WARNING, message, type.name(), id, dropped);
  }

  /** Listens no longer: the run has ended, and its hooks with it. */
  void endWithRun() {
    closed = true;
    drop();
  }

  private BranchState enterWaiting() {
    BranchState caller = enter();
    caller.throwIfCancelled();
    return caller;
  }

  private BranchState enter() {
    BranchState caller = workspace.callers().within(opener, "hook '" + type.name() + "'");
    if (closed) {
      throw arrivals.refusal("was closed; nothing can arrive any more");
    }
    return caller;
  }
}
