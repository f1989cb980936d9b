package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The sleeps and timeouts a run waits for, by id. */
public final class Waits implements RequestKind {

  private static final Set<EventType> TOLD_BY = EnumSet.of(EventType.WAIT_COMPLETED);

  private final Ledger ledger;
  private final Map<String, Promise<Boolean>> open = new HashMap<>(2);
  private final Agenda agenda = new Agenda();

  /** Most runs never give one up. */
  private Set<String> givenUp = Set.of();

  Waits(Ledger ledger) {
    this.ledger = ledger;
  }

  /** The code asks to be woken at a time. {@code due} is resolved with true then. */
  String request(Ledger.Asked asked, Instant resumeAt, Promise<Boolean> due) {
    Instant recorded = asked.recorded() == null ? null : asked.recorded().resumeAt();
    open.put(asked.id(), due);
    agenda.set(asked.id(), recorded == null ? resumeAt : recorded);
    if (asked.isNew()) {
      ledger.write(asked.id(), new Fact.WaitCreated(asked.site(), resumeAt));
    }
    return asked.id();
  }

  @Override
  public Set<EventType> toldBy() {
    return TOLD_BY;
  }

  /** The code is told that a wait is over. */
  @Override
  public boolean settle(String id, Fact over) {
    Promise<Boolean> due = open.remove(id);
    if (due == null) {
      // The code gave it up over events before this one; it is over all the same.
      ledger.withdrawGivingUp(id);
      return givenUp.contains(id);
    }
    agenda.remove(id);
    due.resolve(true);
    return true;
  }

  /** The code no longer waits for it. */
  void giveUp(String id) {
    if (open.remove(id) == null) {
      return;
    }
    agenda.remove(id);
    givenUp = givenUp.isEmpty() ? new HashSet<>() : givenUp;
    givenUp.add(id);
    if (!ledger.gaveUp(id) && !ledger.isSettled(id)) {
      ledger.write(id, new Fact.WaitCancelled());
    }
  }

  public boolean isOpen(String id) {
    return open.containsKey(id);
  }

  /** When an open one is over by itself. */
  public Instant dueAt(String id) {
    return agenda.time(id);
  }

  @Override
  public @Nullable Instant next() {
    return agenda.next();
  }

  /** Those due by then, soonest first. */
  public List<String> due(Instant time) {
    return agenda.due(time);
  }
}
