package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.ContextMisuseException;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.workflow.Received;
import dev.fantasticfour.world.api.workflow.ValueType;
import dev.fantasticfour.world.core.engine.history.EntityKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What has arrived from outside and nobody has taken: first in, first out, in log order. A reader
 * that gives up is withdrawn, so that nothing is handed to somebody who no longer listens. One
 * branch waits at a time, each under its own identity.
 */
final class Arrivals {

  private final Workspace workspace;
  private final Waits waits;
  private final String name;
  private final Supplier<String> what;
  private final Deque<Unread> unread = new ArrayDeque<>(1);
  private @Nullable Promise<Boolean> reader;
  private int received;
  private boolean toldOfMisfit;

  /**
   * @param name under which branches wait with a time limit
   * @param what it is, for messages, as in "hook 'approval'": asked for when there is one
   */
  Arrivals(Workspace workspace, Waits waits, String name, Supplier<String> what) {
    this.workspace = workspace;
    this.waits = waits;
    this.name = name;
    this.what = what;
  }

  /**
   * A message nobody has taken.
   *
   * @param number from 1, in the order of the log
   * @param position of its event
   */
  private record Unread(int number, @Nullable Payload payload, long position) {}

  void receive(@Nullable Payload payload) {
    receive(payload, workspace.ledger().position());
  }

  /** One that stands there in the log. */
  void receive(@Nullable Payload payload, long position) {
    unread.add(new Unread(++received, payload, position));
    Promise<Boolean> waiting = reader;
    if (waiting != null) {
      reader = null;
      waiting.resolve(true);
    }
  }

  /** Adds where in the log those stand that nobody has taken. */
  void leave(Collection<Long> positions) {
    unread.forEach(each -> positions.add(each.position()));
  }

  int size() {
    return unread.size();
  }

  void clear() {
    unread.clear();
  }

  /** The next one, for the branch that waits for it as long as it takes. */
  <P> P await(BranchState caller, ValueType<P> type) {
    if (unread.isEmpty()) {
      requireNoReader();
      Promise<Boolean> arrival = Promise.givenUpBy(cause -> reader = null);
      reader = arrival;
      caller.await(arrival);
    }
    return next(type);
  }

  /** The next one, if it comes in time. */
  <P> Received<P> await(Duration timeout, BranchState caller, ValueType<P> type) {
    if (unread.isEmpty() && timeout.isPositive()) {
      awaitArrivalOr(timeout, caller);
    }
    return poll(type);
  }

  /** The next one, if it is there. */
  <P> Received<P> poll(ValueType<P> type) {
    return unread.isEmpty() ? new Received.Nothing<>() : new Received.Message<>(next(type));
  }

  /** Nothing arrives any more: who waits is told so. */
  void end() {
    Promise<Boolean> waiting = reader;
    if (waiting != null) {
      reader = null;
      waiting.fail(refusal("was closed while another branch awaited it"));
    }
  }

  /** Without anything that may be a secret. */
  ContextMisuseException refusal(String why) {
    return new ContextMisuseException(what.get() + " " + why);
  }

  private void awaitArrivalOr(Duration timeout, BranchState caller) {
    requireNoReader();
    Instant until = workspace.ledger().later(timeout);
    Ledger.Asked asked = workspace.ask(EntityKind.WAIT, caller, name);
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
      throw refusal("is already awaited by another branch; one branch reads it at a time");
    }
  }

  @SuppressWarnings("NullAway") // a sender may send null, and then gets it out again
  private <P> P next(ValueType<P> type) {
    Unread message = unread.remove();
    try {
      return workspace.values().read(message.payload(), type);
    } catch (WorldException e) {
      if (!toldOfMisfit) {
        toldOfMisfit = true;
        workspace
            .logger()
            .log(
                System.Logger.Level.WARNING,
                "a message of {0} does not fit its type; further ones are not spoken of",
                what.get());
      }
      // What others send is no fault of the code: it may catch this and wait for the next.
      throw new WorldException(
          ErrorCode.SERIALIZATION,
          "message "
              + message.number()
              + " of "
              + what.get()
              + " does not fit its type: "
              + e.getMessage(),
          e);
    }
  }
}
