package dev.fantasticfour.world.core.engine.run;

import dev.fantasticfour.world.api.error.HookConflictException;
import dev.fantasticfour.world.api.event.Fact;
import java.util.HashMap;
import java.util.Map;

/** The hooks of a run, by id. */
final class Hooks {

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

  /**
   * The code is told what the store answered, or of a payload.
   *
   * @return whether it had asked for it
   */
  boolean settle(String id, Fact fact) {
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
  void endWithRun() {
    for (Mailbox<?> mailbox : open.values()) {
      mailbox.endWithRun();
      seenOutside.closed(mailbox);
      closed.put(mailbox.id(), mailbox);
    }
    open.clear();
  }

  void close(String id) {
    Mailbox<?> mailbox = open.remove(id);
    if (mailbox == null) {
      return;
    }
    seenOutside.closed(mailbox);
    closed.put(id, mailbox);
    if (!ledger.gaveUp(id)) {
      ledger.write(id, new Fact.HookDisposed());
    }
  }
}
