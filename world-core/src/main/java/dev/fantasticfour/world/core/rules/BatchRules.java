package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.event.ChildFact;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Due;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rules of a whole batch: all of its drafts or none. A store asks under its lock, after it has
 * looked whether the batch is in the log already. Then, in this order: is there a run, has it
 * ended, does the fence hold, may the authority say any of this, does the owner know enough ({@link
 * AppendResult.Stale}), and is every draft legal in the state that the drafts before it leave.
 */
public final class BatchRules {

  private BatchRules() {}

  /**
   * The ruling on a batch for one run.
   *
   * @param run the run it is for; a hook's token has been looked up, and the drafts name the hook
   * @param unseen for an owner's batch: the events by others after its {@code seen}, in order;
   *     otherwise ignored
   * @param now the store's clock
   */
  public static Ruling judge(
      RunId run,
      RunState state,
      Entities entities,
      Batch batch,
      List<Draft> drafts,
      List<Event> unseen,
      Instant now) {
    Optional<AppendResult> refusal = gate(run, state, batch, drafts, now);
    if (refusal.isEmpty() && batch.authority() instanceof Authority.Owner owner) {
      refusal = stale(owner, drafts, unseen);
    }
    return refusal.isPresent()
        ? new Ruling.Refused(refusal.get())
        : oneByOne(new Scratch(run, state, entities), batch, drafts, unseen, now);
  }

  /** What refuses the batch whatever its entities say. */
  private static Optional<AppendResult> gate(
      RunId run, RunState state, Batch batch, List<Draft> drafts, Instant now) {
    RunState at = state;
    Authority by = batch.authority();
    Situation situation = Situation.of(run, at, by, now);
    for (Draft draft : drafts) {
      Verdict verdict = Transitions.gate(situation, draft);
      if (verdict instanceof Verdict.Refused refused) {
        return Optional.of(refused.result());
      }
      if (at instanceof RunState.Absent) {
        at = born(batch);
        by = afterBirth(batch);
        situation = Situation.of(run, at, by, now);
      }
    }
    return Optional.empty();
  }

  /**
   * An owner may not end its run, or dispose a hook, over something it was not told of: the code
   * might have gone another way. One that says so ends it over signals.
   */
  private static Optional<AppendResult> stale(
      Authority.Owner owner, List<Draft> drafts, List<Event> unseen) {
    if (unseen.isEmpty()) {
      return Optional.empty();
    }
    boolean keepsOpen =
        !owner.overSignals()
            || unseen.stream().anyMatch(event -> event.type() != EventType.SIGNAL_RECEIVED);
    boolean stale =
        drafts.stream()
            .anyMatch(
                draft ->
                    keepsOpen && isLastWord(draft)
                        || draft.fact().type() == EventType.HOOK_DISPOSED
                            && unseen.stream()
                                .anyMatch(
                                    event ->
                                        event.type() == EventType.HOOK_RECEIVED
                                            && isAbout(event, draft)));
    return stale ? Optional.of(new AppendResult.Stale(unseen)) : Optional.empty();
  }

  /** Whoever hands over leaves what it was not told of to its successor. */
  private static boolean isLastWord(Draft draft) {
    EventType type = draft.fact().type();
    return type.endsRun() && type != EventType.RUN_CONTINUED;
  }

  private static Ruling oneByOne(
      Scratch scratch, Batch batch, List<Draft> drafts, List<Event> unseen, Instant now) {
    List<Ruling.Entry> entries = new ArrayList<>();
    Authority by = batch.authority();
    for (Draft draft : drafts) {
      long seen = by instanceof Authority.Owner owner ? owner.seen() : Event.NOT_BY_OWNER;
      boolean absent = scratch.run() instanceof RunState.Absent;
      switch (Transitions.judge(scratch.situation(draft, by, now), draft)) {
        case Verdict.Accepted accepted -> {
          if (isLastWord(draft) && !(by instanceof Authority.Owner)) {
            for (Draft answer : UpdatesAtEnd.answers(draft, scratch.openUpdates())) {
              add(entries, scratch, batch, answer, seen);
            }
          }
          add(entries, scratch, batch, leaving(draft, unseen), seen);
          if (draft.fact() instanceof ChildFact.Created child && child.birth() != null) {
            scratch.born(new RunId(child.childRun()), child.birth().creation());
          }
        }
        case Verdict.AcceptedAfterCreation accepted -> {
          add(entries, scratch, batch, creation(draft), seen);
          add(entries, scratch, batch, draft, seen);
        }
        case Verdict.TokenTaken taken ->
            add(entries, scratch, batch, conflict(draft, taken.by()), seen);
        case Verdict.KeyTaken taken ->
            add(entries, scratch, batch, childConflict(draft, taken.by()), seen);
        case Verdict.Unchanged unchanged -> {}
        case Verdict.Refused refused -> {
          return new Ruling.Refused(orStale(refused.result(), draft, unseen));
        }
      }
      if (absent) {
        by = afterBirth(batch);
      }
    }
    return new Ruling.Accepted(entries);
  }

  /** What an end is over counts among what the run has not read: its owner could not count it. */
  private static Draft leaving(Draft draft, List<Event> unseen) {
    int more = unseen.isEmpty() || !draft.fact().type().endsRun() ? 0 : unseen.size();
    Fact fact =
        more == 0
            ? draft.fact()
            : switch (draft.fact()) {
              case Fact.RunCompleted f -> new Fact.RunCompleted(f.output(), f.unread() + more);
              case Fact.RunFailed f ->
                  new Fact.RunFailed(f.error(), f.errorCode(), f.unread() + more);
              case Fact.RunCancelled f -> new Fact.RunCancelled(f.reason(), f.unread() + more);
              default -> draft.fact();
            };
    return more == 0 ? draft : new Draft(draft.correlationId(), draft.occurredAt(), fact);
  }

  private static void add(
      List<Ruling.Entry> entries, Scratch scratch, Batch batch, Draft draft, long seen) {
    Draft stored = AsStored.draft(draft);
    entries.add(new Ruling.Entry(stored, seen));
    if (scratch.run() instanceof RunState.Absent) {
      scratch.run(born(batch));
    }
    scratch.accept(stored, seen);
  }

  /** What others wrote meanwhile about the same thing explains why the draft is illegal now. */
  private static AppendResult orStale(AppendResult refusal, Draft draft, List<Event> unseen) {
    boolean illegal =
        refusal instanceof AppendResult.Conflict || refusal instanceof AppendResult.NotFound;
    return illegal
            && draft.correlationId() != null
            && unseen.stream().anyMatch(event -> isAbout(event, draft))
        ? new AppendResult.Stale(unseen)
        : refusal;
  }

  private static boolean isAbout(Event event, Draft draft) {
    return event.correlationId() != null && event.correlationId().equals(draft.correlationId());
  }

  private static RunState born(Batch batch) {
    return new RunState.Present(RunStatus.PENDING, batch.claim() == null ? 0 : 1, batch.claim());
  }

  private static Authority afterBirth(Batch batch) {
    return batch.claim() == null
        ? batch.authority()
        : new Authority.Owner(batch.claim(), 1, 0, Due.NOW);
  }

  private static Draft creation(Draft started) {
    if (started.fact() instanceof Fact.RunStarted fact && fact.creation() != null) {
      return new Draft(null, started.occurredAt(), fact.creation());
    }
    throw new IllegalArgumentException("only run_started brings a creation");
  }

  private static Draft conflict(Draft created, RunId by) {
    if (created.fact() instanceof Fact.HookCreated fact) {
      return new Draft(
          created.correlationId(),
          created.occurredAt(),
          new Fact.HookConflict(fact.site(), fact.token(), by.value()));
    }
    throw new IllegalArgumentException("only hook_created asks for a token");
  }

  private static Draft childConflict(Draft created, RunId by) {
    if (created.fact() instanceof ChildFact.Created fact
        && fact.birth() != null
        && fact.birth().creation().runKey() != null) {
      return new Draft(
          created.correlationId(),
          created.occurredAt(),
          new ChildFact.Conflict(fact.site(), fact.birth().creation().runKey(), by.value()));
    }
    throw new IllegalArgumentException("only a child with a run key asks for one");
  }

  /**
   * What enters the log of a run of what another one owes it; empty when the run does not take it.
   *
   * @param scratch the states that what entered before leaves
   */
  static List<Ruling.Entry> relayed(Scratch scratch, Relay relay, Instant now) {
    Batch batch = relay.batch();
    if (!(scratch.run() instanceof RunState.Present)
        || !(oneByOne(scratch, batch, batch.drafts(), List.of(), now)
            instanceof Ruling.Accepted accepted)) {
      return List.of();
    }
    return accepted.entries();
  }
}
