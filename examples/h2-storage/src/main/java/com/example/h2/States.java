package com.example.h2;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.rules.Entities;
import dev.fantasticfour.world.core.rules.HookState;
import dev.fantasticfour.world.core.rules.NameState;
import dev.fantasticfour.world.core.rules.StepState;
import dev.fantasticfour.world.core.rules.WaitState;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The states that a batch finds, looked up when the rules ask, within the lock. */
final class States implements Entities {

  private final Transaction in;
  private final RunId run;
  private final Map<String, List<Event>> known = new HashMap<>();

  States(Transaction in, RunId run) {
    this.in = in;
    this.run = run;
  }

  /** The rules know no SQL; what fails here is unwrapped by {@link Log}. */
  static final class Failed extends RuntimeException {
    final SQLException failure;

    Failed(SQLException failure) {
      super(failure);
      this.failure = failure;
    }
  }

  private interface Look<T> {
    T look() throws SQLException;
  }

  private static <T extends @Nullable Object> T look(Look<T> look) {
    try {
      return look.look();
    } catch (SQLException e) {
      throw new Failed(e);
    }
  }

  private List<Event> about(String id) {
    return known.computeIfAbsent(id, i -> look(() -> new Events(in).about(run, i)));
  }

  @Override
  public StepState step(String id) {
    return StepState.of(Events.step(about(id)));
  }

  @Override
  public HookState hook(String id) {
    HookState state = HookState.NONE;
    for (Event event : about(id)) {
      state = state.after(event.type());
    }
    return state;
  }

  @Override
  public WaitState wait(String id) {
    WaitState state = WaitState.ABSENT;
    for (Event event : about(id)) {
      state = state.after(event.type());
    }
    return state;
  }

  @Override
  public @Nullable String tokenOf(String hookId) {
    return look(
        () ->
            in.first(
                    "select token from tokens where run_id = ? and hook_id = ?",
                    row -> row.text("token"),
                    run,
                    hookId)
                .orElse(null));
  }

  @Override
  public NameState token(String token) {
    return look(
        () ->
            in.first(
                    "select run_id from tokens where token = ?",
                    row -> held(row.text("run_id"), null),
                    token)
                .orElse(NameState.FREE));
  }

  @Override
  public NameState key(String workflow, String runKey) {
    return look(
        () ->
            in.first(
                    "select run_id, input_hash from runs where workflow = ? and run_key = ?",
                    row -> held(row.text("run_id"), row.textOrNull("input_hash")),
                    workflow,
                    runKey)
                .orElse(NameState.FREE));
  }

  private static NameState held(String run, @Nullable String inputHash) {
    return new NameState.Held(new RunId(run), inputHash);
  }
}
