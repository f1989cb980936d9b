package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.error.HookConflictException;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.HookFact;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.core.engine.history.Divergence;
import dev.fantasticfour.world.core.engine.history.EntityKind;
import dev.fantasticfour.world.core.engine.history.RecordedRequest;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The hooks of a run, by id. */
final class Hooks implements RequestKind {

  private static final Set<EventType> TOLD_BY =
      EnumSet.of(EventType.HOOK_CREATED, EventType.HOOK_CONFLICT, EventType.HOOK_RECEIVED);

  private final Workspace workspace;
  private final Ledger ledger;
  private final Waits waits;
  private final Supplier<String> tokens;
  private final OpenHooks seenOutside;
  private final Map<String, Mailbox<?>> open = new HashMap<>(2);
  private Map<String, Mailbox<?>> closed = Map.of();
  private Map<String, CarriedHook> carried = Map.of();

  /**
   * @param tokens secret ones, for hooks without a name
   * @param seenOutside told of those that are open
   */
  Hooks(Workspace workspace, Waits waits, Supplier<String> tokens, OpenHooks seenOutside) {
    this.workspace = workspace;
    this.ledger = workspace.ledger();
    this.waits = waits;
    this.tokens = tokens;
    this.seenOutside = seenOutside;
  }

  /**
   * Opens a hook, and has its branch wait until the store has answered for its token.
   *
   * @param wanted the token, or null for a secret one
   */
  <P> Hook<P> open(HookType<P> type, @Nullable String wanted, BranchState branch) {
    Ledger.Asked asked = workspace.ask(EntityKind.HOOK, branch, type.name());
    RecordedRequest before = asked.recorded();
    String recorded = before == null ? null : before.token();
    if (before != null && recorded != null && wanted != null && !recorded.equals(wanted)) {
      throw workspace.halt().diverge(Divergence.otherToken(before, recorded, wanted));
    }
    String token = recorded != null ? recorded : wanted != null ? wanted : tokens.get();
    Mailbox<P> mailbox =
        new Mailbox<>(
            workspace, waits, branch, new Mailbox.Key<>(type, asked.id(), token), this::close);
    open.put(mailbox.id(), mailbox);
    branch.openedHook(mailbox);
    carried.values().forEach(each -> each.takenUpBy(mailbox));
    if (asked.isNew()) {
      ledger.write(asked.id(), new Fact.HookCreated(asked.site(), token, null, null));
    }
    branch.await(mailbox.registered());
    return mailbox;
  }

  @Override
  public Set<EventType> toldBy() {
    return TOLD_BY;
  }

  /** The code is told what the store answered, or of a payload. */
  @Override
  public boolean settle(String id, Fact fact) {
    CarriedHook before = carried.get(id);
    if (before != null && fact instanceof Fact.HookReceived received) {
      before.receive(received.payload(), ledger.position());
      return true;
    }
    Mailbox<?> mailbox = open.get(id);
    if (mailbox == null) {
      Mailbox<?> late = closed.get(id);
      if (late != null && fact instanceof Fact.HookReceived received) {
        late.receive(received.payload(), ledger.position());
      }
      return late != null;
    }
    switch (fact) {
      case Fact.HookCreated created -> {
        seenOutside.opened(mailbox);
        mailbox.registered().resolve(true);
      }
      case Fact.HookConflict conflict -> {
        open.remove(id);
        isClosed(mailbox);
        mailbox
            .registered()
            .fail(new HookConflictException(conflict.token(), conflict.conflictingRun()));
      }
      case Fact.HookReceived received -> mailbox.receive(received.payload(), ledger.position());
      default -> throw new IllegalArgumentException("not told to a hook: " + fact.type());
    }
    return true;
  }

  /** A hook came over from the run before: what arrives there is kept for whoever takes it up. */
  void inherit(String id, HookFact.Carried hook) {
    carried = carried.isEmpty() ? new LinkedHashMap<>() : carried;
    carried.put(id, new CarriedHook(hook.token()));
  }

  @Override
  public void leave(Collection<Long> positions) {
    open.values().forEach(each -> each.leave(positions));
    carried.values().forEach(each -> each.leave(positions));
  }

  /** The code has ended: what hooks are open end with the run, which needs no word of theirs. */
  @Override
  public void endWithRun() {
    for (Mailbox<?> mailbox : open.values()) {
      mailbox.endWithRun();
      seenOutside.closed(mailbox);
      isClosed(mailbox);
    }
    open.clear();
  }

  private void isClosed(Mailbox<?> mailbox) {
    closed = closed.isEmpty() ? new HashMap<>() : closed;
    closed.put(mailbox.id(), mailbox);
  }

  @Override
  public void giveUp() {
    open.values().forEach(seenOutside::closed);
  }

  /** The code listens to it no longer. */
  private void close(Mailbox<?> mailbox) {
    String id = mailbox.id();
    if (open.remove(id) == null) {
      return;
    }
    seenOutside.closed(mailbox);
    isClosed(mailbox);
    if (!ledger.gaveUp(id)) {
      ledger.write(id, new Fact.HookDisposed());
    }
  }
}
