package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.error.HookConflictException;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The hooks of a run, by id. */
final class Hooks implements RequestKind {

  private static final Set<EventType> TOLD_BY =
      EnumSet.of(EventType.HOOK_CREATED, EventType.HOOK_CONFLICT, EventType.HOOK_RECEIVED);

  private final Ledger ledger;
  private final OpenHooks seenOutside;
  private final Map<String, Mailbox<?>> open = new HashMap<>();
  private final Map<String, Mailbox<?>> closed = new HashMap<>();

  /**
   * @param seenOutside told of those that are open
   */
  Hooks(Ledger ledger, OpenHooks seenOutside) {
    this.ledger = ledger;
    this.seenOutside = seenOutside;
  }

  void add(Mailbox<?> mailbox) {
    open.put(mailbox.id(), mailbox);
  }

  @Override
  public Set<EventType> toldBy() {
    return TOLD_BY;
  }

  /** The code is told what the store answered, or of a payload. */
  @Override
  public boolean settle(String id, Fact fact) {
    Mailbox<?> mailbox = open.get(id);
    if (mailbox == null) {
      Mailbox<?> late = closed.get(id);
      if (late != null && fact instanceof Fact.HookReceived) {
        late.miss();
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
        closed.put(id, mailbox);
        mailbox
            .registered()
            .fail(new HookConflictException(conflict.token(), conflict.conflictingRun()));
      }
      case Fact.HookReceived received -> mailbox.receive(received.payload());
      default -> throw new IllegalArgumentException("not told to a hook: " + fact.type());
    }
    return true;
  }

  /** The code has ended: what hooks are open end with the run, which needs no word of theirs. */
  @Override
  public void endWithRun() {
    for (Mailbox<?> mailbox : open.values()) {
      mailbox.endWithRun();
      seenOutside.closed(mailbox);
      closed.put(mailbox.id(), mailbox);
    }
    open.clear();
  }

  @Override
  public void giveUp() {
    open.values().forEach(seenOutside::closed);
  }

  /** The code listens to it no longer. */
  void close(Mailbox<?> mailbox) {
    String id = mailbox.id();
    if (open.remove(id) == null) {
      return;
    }
    seenOutside.closed(mailbox);
    closed.put(id, mailbox);
    if (!ledger.gaveUp(id)) {
      ledger.write(id, new Fact.HookDisposed());
    }
  }
}
