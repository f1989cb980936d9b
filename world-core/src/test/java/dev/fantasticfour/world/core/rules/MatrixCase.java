package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.WorkerId;
import java.util.List;
import java.util.Optional;

/**
 * One cell of the table of all states and events, as something a test can do to a store: append the
 * setup, each draft in a batch of its own and in nobody's name, claim the run if it says so, append
 * the draft in the name of {@code at.by()}, and ask {@link #mismatch}.
 *
 * @param name what is tried where, for people
 * @param setup what brings the store into the state; every draft is accepted with one event
 * @param claimed whether {@link #OWNER} claims the run after the setup
 * @param at the state, and who says it
 * @param draft what is tried
 */
public record MatrixCase(
    String name, List<Planned> setup, boolean claimed, Situation at, Draft draft) {

  /** The worker that owns the claimed runs. */
  public static final WorkerId OWNER = new WorkerId("wrkr_matrix_owner");

  /** A worker that owns nothing. */
  static final WorkerId OTHER = new WorkerId("wrkr_matrix_other");

  public MatrixCase {
    setup = List.copyOf(setup);
  }

  /** A draft for a run. */
  public record Planned(RunId run, Draft draft) {}

  /** What the rules say. */
  public Verdict expected() {
    return Transitions.judge(at, draft);
  }

  /** What is wrong with a store's answer; empty when the rules give the same. */
  public Optional<String> mismatch(AppendResult answer) {
    Verdict expected = expected();
    boolean agrees =
        switch (expected) {
          case Verdict.Accepted accepted -> isAppended(answer, draft.fact().type());
          case Verdict.AcceptedAfterCreation accepted ->
              isAppended(answer, EventType.RUN_CREATED, EventType.RUN_STARTED);
          case Verdict.TokenTaken taken -> isAppended(answer, EventType.HOOK_CONFLICT);
          case Verdict.KeyTaken taken -> isAppended(answer, EventType.CHILD_CONFLICT);
          case Verdict.Unchanged unchanged -> isAppended(answer);
          case Verdict.Refused refused -> isSame(refused.result(), answer);
        };
    return agrees
        ? Optional.empty()
        : Optional.of(name + ": the rules say " + expected + ", the store says " + answer);
  }

  private static boolean isAppended(AppendResult answer, EventType... types) {
    return answer instanceof AppendResult.Appended appended
        && appended.events().stream().map(Event::type).toList().equals(List.of(types));
  }

  /** How long it is too early depends on the moment of asking. */
  private static boolean isSame(AppendResult expected, AppendResult answer) {
    return expected instanceof AppendResult.TooEarly
        ? answer instanceof AppendResult.TooEarly early && early.after().isPositive()
        : expected.equals(answer);
  }

  @Override
  public String toString() {
    return name;
  }
}
