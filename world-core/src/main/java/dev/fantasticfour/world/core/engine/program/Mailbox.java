package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.ContextMisuseException;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.Received;
import dev.fantasticfour.world.core.engine.history.EntityKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The author's hook: a first-in first-out mailbox in log order. A reader that gives up is
 * withdrawn, so that no payload is handed to somebody who no longer listens. Read by the branch
 * that opened it and by those below, each of which waits under its own identity.
 */
final class Mailbox<P> implements Hook<P>, BranchState.Opened {

  private final Workspace workspace;
  private final Waits waits;
  private final Consumer<Mailbox<?>> onEnd;
  private final BranchState opener;
  private final HookType<P> type;
  private final String id;
  private final String token;
  private final Promise<Boolean> registered = Promise.toTheEnd();
  private final Deque<Unread> unread = new ArrayDeque<>();
  private @Nullable Promise<Boolean> reader;
  private int received;
  private int dropped;
  private boolean toldOfMisfit;
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
    this.waits = waits;
    this.opener = opener;
    this.type = key.type();
    this.id = key.id();
    this.token = key.token();
    this.onEnd = onEnd;
  }

  /**
   * A message nobody has taken.
   *
   * @param number from 1, in the order of the log
   */
  private record Unread(int number, @Nullable Payload payload) {}

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

  void receive(@Nullable Payload payload) {
    unread.add(new Unread(++received, payload));
    Promise<Boolean> waiting = reader;
    if (waiting != null) {
      reader = null;
      waiting.resolve(true);
    }
  }

  @Override
  public P await() {
    BranchState caller = enterWaiting();
    if (unread.isEmpty()) {
      requireNoReader();
      Promise<Boolean> arrival = Promise.givenUpBy(cause -> reader = null);
      reader = arrival;
      caller.await(arrival);
    }
    return next();
  }

  @Override
  public Received<P> await(Duration timeout) {
    BranchState caller = enterWaiting();
    if (unread.isEmpty() && timeout.isPositive()) {
      awaitArrivalOr(timeout, caller);
    }
    return nextIfAny();
  }

  @Override
  public Received<P> poll() {
    BranchState unused = enter();
    return nextIfAny();
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
    Promise<Boolean> waiting = reader;
    if (waiting != null) {
      reader = null;
      waiting.fail(refusal("was closed while another branch awaited it"));
    }
  }

  @Override
  public int unread() {
    return closed ? dropped : unread.size();
  }

  HookType<P> type() {
    return type;
  }

  /** Whether its code still listens. Asked by any thread. */
  boolean isOpen() {
    return !closed && !workspace.halt().isDetached();
  }

  /** A message came before the store had heard of the close. */
  void miss() {
    dropped++;
    warn("hook ''{0}'' ({1}) was closed just before a message came, which nobody reads");
  }

  private void drop() {
    dropped = unread.size();
    unread.clear();
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
      throw refusal("was closed; nothing can arrive any more");
    }
    return caller;
  }

  private void awaitArrivalOr(Duration timeout, BranchState caller) {
    requireNoReader();
    Instant until = workspace.ledger().later(timeout);
    Ledger.Asked asked = workspace.ask(EntityKind.WAIT, caller, type.name());
    Promise<Boolean> either =
        Promise.givenUpBy(
            cause -> {
              reader = null;
              waits.giveUp(asked.id());
            });
    waits.request(asked, until, either);
    reader = either;
    try {
      caller.await(either);
    } catch (ContextMisuseException e) {
      waits.giveUp(asked.id());
      throw e;
    }
    if (unread.isEmpty()) {
      reader = null;
    } else {
      waits.giveUp(asked.id());
    }
  }

  private void requireNoReader() {
    if (reader != null) {
      throw refusal("is already awaited by another branch; one branch reads a hook at a time");
    }
  }

  private Received<P> nextIfAny() {
    return unread.isEmpty() ? new Received.Nothing<>() : new Received.Message<>(next());
  }

  @SuppressWarnings("NullAway") // a sender may send null, and then gets it out again
  private P next() {
    Unread message = unread.remove();
    try {
      return workspace.values().read(message.payload(), type.payload());
    } catch (WorldException e) {
      if (!toldOfMisfit) {
        toldOfMisfit = true;
        warn(
            "a message of hook ''{0}'' ({1}) does not fit the type of the hook; further ones of"
                + " this hook are not spoken of");
      }
      // What others send is no fault of the code: it may catch this and wait for the next.
      throw new WorldException(
          ErrorCode.SERIALIZATION,
          "message "
              + message.number()
              + " of hook '"
              + type.name()
              + "' ("
              + id
              + ") does not fit its type: "
              + e.getMessage(),
          e);
    }
  }

  /** Without the token, which may be a secret. */
  private ContextMisuseException refusal(String what) {
    return new ContextMisuseException("hook '" + type.name() + "' (" + id + ") " + what);
  }
}
