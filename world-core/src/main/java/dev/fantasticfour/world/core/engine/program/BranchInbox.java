package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.workflow.Inbox;
import dev.fantasticfour.world.api.workflow.Received;
import dev.fantasticfour.world.api.workflow.SignalType;
import java.time.Duration;

/** The author's inbox: the signals of one name, for the branch that asked and those below it. */
record BranchInbox<P>(Callers callers, BranchState opener, SignalType<P> type, Arrivals arrivals)
    implements Inbox<P> {

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
  public int pending() {
    BranchState unused = enter();
    return arrivals.size();
  }

  private BranchState enterWaiting() {
    BranchState caller = enter();
    caller.throwIfCancelled();
    return caller;
  }

  private BranchState enter() {
    return callers.within(opener, "signal '" + type.name() + "'");
  }
}
