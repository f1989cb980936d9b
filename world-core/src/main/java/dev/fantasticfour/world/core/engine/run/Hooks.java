package dev.fantasticfour.world.core.engine.run;

import dev.fantasticfour.world.api.error.HookConflictException;
import dev.fantasticfour.world.api.event.Fact;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The hooks of a run, by id. */
final class Hooks {

  private final Ledger ledger;
  private final Map<String, Mailbox<?>> open = new HashMap<>();
  private final Set<String> closed = new HashSet<>();

  Hooks(Ledger ledger) {
    this.ledger = ledger;
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
      return closed.contains(id);
    }
    switch (fact) {
      case Fact.HookCreated created -> mailbox.registered().resolve(true);
      case Fact.HookConflict conflict -> {
        open.remove(id);
        closed.add(id);
        mailbox
            .registered()
            .fail(new HookConflictException(conflict.token(), conflict.conflictingRun()));
      }
      case Fact.HookReceived received -> mailbox.receive(received.payload());
      default -> throw new IllegalArgumentException("not told to a hook: " + fact.type());
    }
    return true;
  }

  void close(String id) {
    if (open.remove(id) == null) {
      return;
    }
    closed.add(id);
    if (!ledger.gaveUp(id)) {
      ledger.write(id, new Fact.HookDisposed());
    }
  }
}
