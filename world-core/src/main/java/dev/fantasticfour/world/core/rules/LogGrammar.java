package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which logs the rules allow (world-contract 2.9, 2.10), so that a test can ask whether a store has
 * kept its promises after any race.
 *
 * <pre>
 * log  : run_created  ( run_started | cancel_requested | signal_received | state_published
 *        | attributes_set | change_marked | run_deferred | step | hook | wait | child | send
 *        | permit | update )*  [ end ]
 * end  : run_completed | run_failed | run_cancelled | run_terminated | run_continued
 * step : ( step_created | any other with a site )  ( started | retrying )*  [ completed | failed | cancelled ]
 * hook : hook_conflict*  [ ( hook_created | hook_carried )  hook_received*  [ hook_disposed ] ]
 * wait : wait_created  [ wait_completed | wait_cancelled ]
 * child, send, permit, update : as {@link Stage} has them
 * </pre>
 *
 * Of the events about the run, those that start or end it appear at most once. Positions are 1, 2,
 * 3 …; ids and {@code createdAt} grow; the events of a batch stand together.
 */
public final class LogGrammar {

  private final List<String> faults = new ArrayList<>();
  private final Map<String, StepState> steps = new HashMap<>();
  private final Map<String, HookState> hooks = new HashMap<>();
  private final Map<String, WaitState> waits = new HashMap<>();
  private final Map<String, Stage> stages = new HashMap<>();
  private final Map<String, String> liveTokens = new HashMap<>();
  private final Set<String> batches = new HashSet<>();
  private final Set<EventType> runEvents = new HashSet<>();
  private @Nullable Event before;

  private LogGrammar() {}

  /** What is wrong with the whole log of a run, one line each; empty when nothing is. */
  public static List<String> faults(List<Event> log) {
    LogGrammar grammar = new LogGrammar();
    log.forEach(grammar::next);
    return List.copyOf(grammar.faults);
  }

  private void next(Event event) {
    place(event);
    life(event);
    String about = event.correlationId();
    check(event, event.type().isOfRun() == (about == null), "correlation id");
    if (about != null) {
      step(event, about);
      hook(event, about);
      wait(event, about);
      stage(event, about);
    }
    before = event;
  }

  private void place(Event event) {
    long last = before == null ? 0 : before.position();
    check(event, event.position() == last + 1, "ORD-1: follows position " + last);
    check(event, event.seen() < event.position(), "its owner had seen " + event.seen());
    if (before != null) {
      check(event, event.run().equals(before.run()), "belongs to " + event.run());
      check(event, event.id().compareTo(before.id()) > 0, "ORD-3: its id does not grow");
      check(event, event.createdAt().isAfter(before.createdAt()), "ORD-5: createdAt does not grow");
    }
    boolean sameBatch = before != null && before.batchId().equals(event.batchId());
    check(
        event,
        batches.add(event.batchId()) || sameBatch,
        "L1: its batch " + event.batchId() + " is torn or repeated");
  }

  private void life(Event event) {
    boolean first = before == null;
    check(event, first == (event.type() == EventType.RUN_CREATED), "run_created must come first");
    check(
        event,
        runEvents.stream().noneMatch(EventType::endsRun),
        "nothing may follow the end of the run");
    if (event.type().isOfRun()) {
      boolean once = runEvents.add(event.type());
      boolean mark = event.type() == EventType.RUN_STARTED || event.type().endsRun();
      check(event, once || !mark, "may appear only once");
    }
  }

  private void step(Event event, String id) {
    if (!event.type().isOfStep()) {
      return;
    }
    boolean creates = event.type() == EventType.STEP_CREATED;
    StepState state = steps.getOrDefault(id, StepState.ABSENT);
    switch (state) {
      case StepState.Absent absent ->
          check(event, creates || FactParts.site(event.fact()) != null, "the step is not there");
      case StepState.Present step -> {
        check(event, !creates, "the step is there already");
        check(event, !step.status().isFinal(), "the step is final: " + step.status());
      }
    }
    steps.put(id, state.after(event.fact(), event.byOwner()));
  }

  private void hook(Event event, String id) {
    if (!event.type().isOfHook()) {
      return;
    }
    HookState state = hooks.getOrDefault(id, HookState.NONE);
    boolean asked =
        event.type() == EventType.HOOK_CREATED
            || event.type() == EventType.HOOK_CONFLICT
            || event.type() == EventType.HOOK_CARRIED;
    check(event, asked ? state.isFree() : state == HookState.LIVE, "the hook is " + state);
    if (event.fact() instanceof Fact.HookCreated created) {
      check(event, !liveTokens.containsValue(created.token()), "its token is taken in this run");
      liveTokens.put(id, created.token());
    }
    if (event.type() == EventType.HOOK_DISPOSED) {
      liveTokens.remove(id);
    }
    hooks.put(id, state.after(event.type()));
  }

  private void wait(Event event, String id) {
    if (event.type().isOfWait()) {
      WaitState state = waits.getOrDefault(id, WaitState.ABSENT);
      WaitState needed =
          event.type() == EventType.WAIT_CREATED ? WaitState.ABSENT : WaitState.WAITING;
      check(event, state == needed, "the wait is " + state);
      waits.put(id, state.after(event.type()));
    }
  }

  private void stage(Event event, String id) {
    EventType.Subject subject = event.type().subject();
    if (Stage.isOf(subject)) {
      String key = subject + " " + id;
      Stage stage = stages.getOrDefault(key, Stage.ABSENT);
      check(event, stage.allows(event.type()), "what it is about is " + stage);
      stages.put(key, stage.after(event.type()));
    }
  }

  private void check(Event event, boolean holds, String fault) {
    if (!holds) {
      faults.add(
          "position "
              + event.position()
              + ", "
              + event.type().word()
              + (event.correlationId() == null ? "" : " of " + event.correlationId())
              + ": "
              + fault);
    }
  }
}
