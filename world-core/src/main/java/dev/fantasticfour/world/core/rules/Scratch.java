package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.event.Birth;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Draft;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The states as they are after the part of a batch that was judged so far. */
final class Scratch {

  private final RunId id;
  private final Entities before;
  private final Map<String, StepState> steps = new HashMap<>();
  private final Map<String, HookState> hooks = new HashMap<>();
  private final Map<String, WaitState> waits = new HashMap<>();
  private final Map<String, Stage> stages = new LinkedHashMap<>();
  private final Map<String, NameState> tokens = new HashMap<>();
  private final Map<String, String> tokensOfHooks = new HashMap<>();
  private final Map<String, NameState> keys = new HashMap<>();
  private RunState run;

  Scratch(RunId id, RunState run, Entities before) {
    this.id = id;
    this.run = run;
    this.before = before;
  }

  RunState run() {
    return run;
  }

  void run(RunState newRun) {
    run = newRun;
  }

  Situation situation(Draft draft, Authority by, Instant now) {
    String about = draft.correlationId();
    EventType type = draft.fact().type();
    Fact.RunCreated created = creation(draft.fact());
    return new Situation(
        id,
        run,
        about == null || !type.isOfStep() ? StepState.ABSENT : step(about),
        about == null || !type.isOfHook() ? HookState.NONE : hook(about),
        about == null || !type.isOfWait() ? WaitState.ABSENT : wait(about),
        about == null || !Stage.isOf(type.subject()) ? Stage.ABSENT : stage(type.subject(), about),
        token(draft.fact()),
        key(created),
        by,
        now);
  }

  /** Takes an accepted draft into account. */
  void accept(Draft draft, long seen) {
    Fact fact = draft.fact();
    if (run instanceof RunState.Present present) {
      run = present.after(fact.type());
    }
    String about = draft.correlationId();
    if (about != null) {
      change(about, fact, seen != Event.NOT_BY_OWNER);
      if (fact instanceof Fact.HookCreated created) {
        tokens.put(created.token(), new NameState.Held(id, null));
        tokensOfHooks.put(about, created.token());
      } else if (fact instanceof Fact.HookDisposed) {
        free(about);
      }
    }
  }

  /** A run comes to be with the part that was judged. */
  void born(RunId other, Fact.RunCreated created) {
    if (created.runKey() != null) {
      keys.put(
          key(created.workflow(), created.runKey()),
          new NameState.Held(other, created.inputHash()));
    }
  }

  private NameState key(Fact.@Nullable RunCreated created) {
    if (created == null || created.runKey() == null) {
      return NameState.FREE;
    }
    NameState taken = keys.get(key(created.workflow(), created.runKey()));
    return taken == null ? before.key(created.workflow(), created.runKey()) : taken;
  }

  /** No name of a workflow holds NUL. */
  private static String key(String workflow, String runKey) {
    return workflow + '\0' + runKey;
  }

  /** A fact changes what it is about and nothing else. */
  private void change(String about, Fact fact, boolean byOwner) {
    EventType type = fact.type();
    switch (type.subject()) {
      case STEP -> steps.put(about, step(about).after(fact, byOwner));
      case HOOK -> hooks.put(about, hook(about).after(type));
      case WAIT -> waits.put(about, wait(about).after(type));
      case CHILD, SEND, PERMIT, UPDATE ->
          stages.put(key(type.subject(), about), stage(type.subject(), about).after(type));
      case RUN -> {}
    }
  }

  /** A fact changes what it is about and nothing else: ids of two subjects may be the same. */
  private static String key(EventType.Subject subject, String about) {
    return subject + " " + about;
  }

  private Stage stage(EventType.Subject subject, String about) {
    Stage changed = stages.get(key(subject, about));
    return changed == null ? before.stage(subject, about) : changed;
  }

  /** The updates that have no answer, by id, in order of arrival. */
  Map<String, Stage> openUpdates() {
    String prefix = key(EventType.Subject.UPDATE, "");
    Map<String, Stage> open = new LinkedHashMap<>(before.openUpdates());
    stages.forEach(
        (key, stage) -> {
          if (key.startsWith(prefix)) {
            open.put(key.substring(prefix.length()), stage);
          }
        });
    open.values().removeIf(stage -> stage == Stage.OVER);
    return open;
  }

  private void free(String hookId) {
    String created = tokensOfHooks.get(hookId);
    String token = created == null ? before.tokenOf(hookId) : created;
    if (token != null) {
      tokens.put(token, NameState.FREE);
    }
  }

  private StepState step(String about) {
    StepState changed = steps.get(about);
    return changed == null ? before.step(about) : changed;
  }

  private HookState hook(String about) {
    HookState changed = hooks.get(about);
    return changed == null ? before.hook(about) : changed;
  }

  private WaitState wait(String about) {
    WaitState changed = waits.get(about);
    return changed == null ? before.wait(about) : changed;
  }

  private NameState token(Fact fact) {
    if (!(fact instanceof Fact.HookCreated created)) {
      return NameState.FREE;
    }
    NameState changed = tokens.get(created.token());
    return changed == null ? before.token(created.token()) : changed;
  }

  private static Fact.@Nullable RunCreated creation(Fact fact) {
    return switch (fact) {
      case Fact.RunCreated created -> created;
      case Fact.RunStarted started -> started.creation();
      default -> {
        Birth birth = Births.of(fact);
        yield birth == null ? null : birth.creation();
      }
    };
  }
}
