package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Authority;
import java.time.Instant;

/**
 * All that decides about one event: who says it, and what it is said about. Of the entities only
 * the one that the event is about is looked at.
 *
 * @param id the run, whether it exists or not
 * @param stage of the child, send, permit or update that the event is about
 * @param token the state of the token that a {@code hook_created} asks for
 * @param key the state of the run key that a {@code run_created} asks for
 * @param now the store's clock
 */
public record Situation(
    RunId id,
    RunState run,
    StepState step,
    HookState hook,
    WaitState waitState,
    Stage stage,
    NameState token,
    NameState key,
    Authority by,
    Instant now) {

  /** A run in which nothing else is there yet. */
  public static Situation of(RunId id, RunState run, Authority by, Instant now) {
    return new Situation(
        id,
        run,
        StepState.ABSENT,
        HookState.NONE,
        WaitState.ABSENT,
        Stage.ABSENT,
        NameState.FREE,
        NameState.FREE,
        by,
        now);
  }

  /** The same with another step. */
  public Situation with(StepState newStep) {
    return new Situation(id, run, newStep, hook, waitState, stage, token, key, by, now);
  }

  /** The same with another hook, whose token is in that state. */
  public Situation with(HookState newHook, NameState newToken) {
    return new Situation(id, run, step, newHook, waitState, stage, newToken, key, by, now);
  }

  /** The same with another wait. */
  public Situation with(WaitState newWait) {
    return new Situation(id, run, step, hook, newWait, stage, token, key, by, now);
  }

  /** The same with another child, send, permit or update. */
  public Situation with(Stage newStage) {
    return new Situation(id, run, step, hook, waitState, newStage, token, key, by, now);
  }

  /** The same with another state of the run key. */
  public Situation withKey(NameState newKey) {
    return new Situation(id, run, step, hook, waitState, stage, token, newKey, by, now);
  }
}
