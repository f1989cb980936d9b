package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.event.SendFact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.workflow.Inbox;
import dev.fantasticfour.world.api.workflow.SignalType;
import dev.fantasticfour.world.core.engine.history.EntityKind;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The signals that were sent to a run, by name. Nobody asks for a name before: what arrives is kept
 * for whoever does.
 */
final class Signals implements RequestKind {

  private static final Set<EventType> TOLD_BY = EnumSet.of(EventType.SIGNAL_RECEIVED);

  private final Workspace workspace;
  private final Waits waits;
  private Map<String, Arrivals> byName = Map.of();

  Signals(Workspace workspace, Waits waits) {
    this.workspace = workspace;
    this.waits = waits;
  }

  @Override
  public Set<EventType> toldBy() {
    return TOLD_BY;
  }

  /** A signal came. It is about the run, so that no id is looked at. */
  @Override
  public boolean settle(String id, Fact fact) {
    if (!(fact instanceof RunFact.SignalReceived signal)) {
      throw new IllegalArgumentException("not told to an inbox: " + fact.type());
    }
    of(signal.name()).receive(signal.payload());
    return true;
  }

  /** What a branch and those below it read signals of a type with. */
  <P> Inbox<P> inbox(SignalType<P> type, BranchState branch) {
    return new BranchInbox<>(workspace.callers(), branch, type, of(type.name()));
  }

  /** A branch sends one to another run: recorded with whatever else the turn records. */
  void send(BranchState branch, String name, RunId target, @Nullable Payload payload) {
    Ledger.Asked asked = workspace.ask(EntityKind.SEND, branch, name);
    if (asked.isNew()) {
      workspace
          .ledger()
          .write(asked.id(), new SendFact.SignalSent(asked.site(), target.value(), name, payload));
    }
  }

  /** The last event of the run with how many have come that nobody has taken, of all names. */
  Fact counted(Fact end) {
    int unread = 0;
    for (Arrivals each : byName.values()) {
      unread += each.size();
    }
    return unread == 0
        ? end
        : switch (end) {
          case Fact.RunCompleted f -> new Fact.RunCompleted(f.output(), unread);
          case Fact.RunFailed f -> new Fact.RunFailed(f.error(), f.errorCode(), unread);
          case Fact.RunCancelled f -> new Fact.RunCancelled(f.reason(), unread);
          default -> end;
        };
  }

  @Override
  public void leave(Collection<Long> positions) {
    byName.values().forEach(each -> each.leave(positions));
  }

  private Arrivals of(String name) {
    byName = byName.isEmpty() ? new HashMap<>() : byName;
    return byName.computeIfAbsent(
        name, n -> new Arrivals(workspace, waits, n, () -> "signal '" + n + "'"));
  }
}
