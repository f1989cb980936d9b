package dev.fantasticfour.world.core.engine.run;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The author's hook: a first-in first-out mailbox in log order. A reader that gives up is
 * withdrawn, so that no payload is handed to somebody who no longer listens.
 */
final class Mailbox<P> implements Hook<P> {

  private final BranchContext context;
  private final HookType<P> type;
  private final String id;
  private final String token;
  private final Waiting<Boolean> registered = Waiting.toTheEnd();
  private final Deque<Optional<Payload>> payloads = new ArrayDeque<>();
  private @Nullable Waiting<Boolean> reader;
  private boolean closed;

  Mailbox(BranchContext context, HookType<P> type, String id, String token) {
    this.context = context;
    this.type = type;
    this.id = id;
    this.token = token;
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
  Waiting<Boolean> registered() {
    return registered;
  }

  void receive(@Nullable Payload payload) {
    payloads.add(Optional.ofNullable(payload));
    Waiting<Boolean> waiting = reader;
    if (waiting != null) {
      reader = null;
      waiting.resolve(true);
    }
  }

  @Override
  public P await() {
    enterReading();
    if (payloads.isEmpty()) {
      Waiting<Boolean> arrival = Waiting.givenUpBy(cause -> reader = null);
      read(arrival);
      context.branch().await(arrival);
    }
    return next();
  }

  @Override
  public Optional<P> await(Duration timeout) {
    enterReading();
    if (payloads.isEmpty()) {
      if (timeout.isNegative() || timeout.isZero()) {
        return Optional.empty();
      }
      awaitArrivalOr(timeout);
    }
    return payloads.isEmpty() ? Optional.empty() : Optional.ofNullable(next());
  }

  @Override
  public Optional<P> poll() {
    context.enter();
    checkOpen();
    return payloads.isEmpty() ? Optional.empty() : Optional.ofNullable(next());
  }

  @Override
  public void close() {
    if (context.mayClose()) {
      closed = true;
      payloads.clear();
      context.program().hooks().close(id);
    }
  }

  private void enterReading() {
    context.enterWaiting();
    checkOpen();
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException(
          "hook '" + token + "' was closed; nothing can arrive any more");
    }
  }

  private void awaitArrivalOr(Duration timeout) {
    Waits waits = context.program().waits();
    Instant until = context.later(timeout);
    Ledger.Asked asked = context.askWait(type.name());
    Waiting<Boolean> either =
        Waiting.givenUpBy(
            cause -> {
              reader = null;
              waits.giveUp(asked.id());
            });
    waits.request(asked, until, either);
    read(either);
    try {
      context.branch().await(either);
    } finally {
      reader = null;
    }
    if (!payloads.isEmpty()) {
      waits.giveUp(asked.id());
    }
  }

  private void read(Waiting<Boolean> waiting) {
    if (reader != null) {
      throw new IllegalStateException(
          "hook '"
              + token
              + "' is already awaited by another branch; one branch reads a hook at a time");
    }
    reader = waiting;
  }

  @SuppressWarnings("NullAway") // a sender may send null, and then gets it out again
  private P next() {
    Payload payload = payloads.remove().orElse(null);
    return context
        .program()
        .decode("payload of hook '" + type.name() + "'", payload, type.payload());
  }
}
