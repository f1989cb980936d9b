package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Draft;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Every state with every event by everybody: the table that {@link Transitions} fills in, spelled
 * out so that a test can hold a store against it, cell by cell.
 */
public final class TransitionMatrix {

  private static final List<@Nullable Site> SITES = Arrays.asList(null, MatrixStates.SITE);

  private final String prefix;
  private final Instant now;
  private final List<MatrixCase> cases = new ArrayList<>();

  private TransitionMatrix(String prefix, Instant now) {
    this.prefix = prefix;
    this.now = now;
  }

  /**
   * All cells. Each has a run of its own, so that all of them can be tried in one store.
   *
   * @param prefix what the run ids, run keys and hook tokens begin with; must make them unique in
   *     the store
   * @param now the store's clock, roughly
   */
  public static List<MatrixCase> cases(String prefix, Instant now) {
    TransitionMatrix matrix = new TransitionMatrix(prefix, now);
    for (MatrixStates.OfRun run : MatrixStates.runs()) {
      for (boolean claimed : run.status() == null ? List.of(false) : List.of(false, true)) {
        for (MatrixRole role : MatrixRole.values()) {
          matrix.runFacts(run, claimed, role);
          matrix.stepFacts(run, claimed, role);
          matrix.hookFacts(run, claimed, role);
          matrix.waitFacts(run, claimed, role);
          matrix.stagedFacts(run, claimed, role);
        }
      }
    }
    return List.copyOf(matrix.cases);
  }

  private void runFacts(MatrixStates.OfRun run, boolean claimed, MatrixRole role) {
    Cell cell = new Cell(run, claimed, role, "run");
    for (boolean keyTaken : List.of(false, true)) {
      cell.tryRun(creation(), keyTaken);
      cell.tryRun(new Fact.RunStarted(creation()), keyTaken);
    }
    cell.tryRun(new Fact.RunStarted(null), false);
    cell.tryRun(new Fact.RunStarted(withoutInput()), false);
    cell.tryRun(new Fact.RunCompleted(MatrixStates.PAYLOAD), false);
    cell.tryRun(new Fact.RunFailed(MatrixStates.PAYLOAD, null), false);
    cell.tryRun(new Fact.RunCancelled("so"), false);
    cell.tryRun(new Fact.RunTerminated("so"), false);
    cell.tryRun(new Fact.CancelRequested("so"), false);
    cell.tryRun(new RunFact.Continued("next", List.of(1L)), false);
    cell.tryRun(new RunFact.Deferred(now), false);
    cell.tryRun(new RunFact.SignalReceived("signal", "1", MatrixStates.PAYLOAD), false);
    cell.tryRun(new RunFact.StatePublished("state", MatrixStates.PAYLOAD), false);
    cell.tryRun(new RunFact.AttributesSet(Map.of("a", Optional.of(AttributeValue.of(1)))), false);
    cell.tryRun(new RunFact.ChangeMarked("change", true), false);
  }

  /** Run keys are unique in the store, so every cell has its own. */
  private Fact.RunCreated creation() {
    return MatrixStates.created(prefix + "key" + cases.size());
  }

  private static Fact.RunCreated withoutInput() {
    Fact.RunCreated full = MatrixStates.created(null);
    return new Fact.RunCreated(
        full.workflow(),
        full.deploymentId(),
        full.specVersion(),
        full.taskQueue(),
        null,
        null,
        null,
        full.attributes(),
        null);
  }

  private void stepFacts(MatrixStates.OfRun run, boolean claimed, MatrixRole role) {
    for (MatrixStates.OfStep step : reachable(run, MatrixStates.steps())) {
      int counted = step.state() instanceof StepState.Present row ? row.attempt() : 0;
      Authority by = role.authority(counted, 0);
      int begun = by instanceof Authority.AttemptHolder holder ? holder.attempt() : counted + 1;
      int running = by instanceof Authority.AttemptHolder holder ? holder.attempt() : counted;
      Cell cell = new Cell(run, claimed, role, step.name());
      cell.tryStep(step, new Fact.StepCreated(MatrixStates.SITE, MatrixStates.PAYLOAD));
      for (@Nullable Site site : SITES) {
        cell.tryStep(step, new Fact.StepStarted(site, begun, "somebody"));
        cell.tryStep(step, new Fact.StepRetrying(site, running, MatrixStates.PAYLOAD, null));
        cell.tryStep(step, new Fact.StepCompleted(site, running, now, MatrixStates.PAYLOAD));
        cell.tryStep(step, new Fact.StepFailed(site, running, null, MatrixStates.PAYLOAD, "X"));
        cell.tryStep(step, new Fact.StepCancelled(site));
      }
    }
  }

  private void hookFacts(MatrixStates.OfRun run, boolean claimed, MatrixRole role) {
    int states = reachable(run, MatrixStates.hooks("")).size();
    for (int i = 0; i < states; i++) {
      for (int fact = 0; fact < 3; fact++) {
        // Tokens are unique in the store, so every cell has its own.
        String token = prefix + "token" + cases.size();
        MatrixStates.OfHook hook = MatrixStates.hooks(token).get(i);
        Fact tried =
            switch (fact) {
              case 0 -> new Fact.HookCreated(null, token, null, null);
              case 1 -> new Fact.HookReceived(MatrixStates.PAYLOAD);
              default -> new Fact.HookDisposed();
            };
        new Cell(run, claimed, role, hook.name()).tryHook(hook, tried);
      }
    }
  }

  private void waitFacts(MatrixStates.OfRun run, boolean claimed, MatrixRole role) {
    for (MatrixStates.OfWait wait : reachable(run, MatrixStates.waits())) {
      Cell cell = new Cell(run, claimed, role, "wait " + wait.state());
      cell.tryWait(wait, new Fact.WaitCreated(null, now));
      cell.tryWait(wait, new Fact.WaitCompleted());
      cell.tryWait(wait, new Fact.WaitCancelled());
    }
  }

  private void stagedFacts(MatrixStates.OfRun run, boolean claimed, MatrixRole role) {
    for (MatrixStates.Staged staged : MatrixStates.staged()) {
      int states = run.status() == null ? 1 : staged.states().size();
      for (MatrixStates.OfStage state : staged.states().subList(0, states)) {
        Cell cell = new Cell(run, claimed, role, staged.name() + " " + state.stage());
        staged.tried().forEach(fact -> cell.tryStaged(state, fact));
      }
    }
  }

  /** A run that is not there has nothing in it. */
  private static <T> List<T> reachable(MatrixStates.OfRun run, List<T> states) {
    return run.status() == null ? states.subList(0, 1) : states;
  }

  /** What the cells of one run state and role have in common. */
  private final class Cell {

    private final MatrixStates.OfRun run;
    private final boolean claimed;
    private final MatrixRole role;
    private final String where;

    Cell(MatrixStates.OfRun run, boolean claimed, MatrixRole role, String where) {
      this.run = run;
      this.claimed = claimed;
      this.role = role;
      this.where = where;
    }

    void tryRun(Fact fact, boolean keyTaken) {
      RunId holder = new RunId(prefix + "holder" + cases.size());
      Fact.RunCreated creation =
          fact instanceof Fact.RunStarted started
              ? started.creation()
              : fact instanceof Fact.RunCreated created ? created : null;
      List<MatrixCase.Planned> others = new ArrayList<>();
      if (keyTaken && creation != null) {
        others.add(new MatrixCase.Planned(holder, draft(null, creation)));
      }
      NameState key = keyTaken ? new NameState.Held(holder, "hash") : NameState.FREE;
      add(others, List.of(), 0, at -> at.withKey(key), draft(null, fact));
    }

    void tryStep(MatrixStates.OfStep step, Fact fact) {
      int counted = step.state() instanceof StepState.Present row ? row.attempt() : 0;
      add(
          List.of(),
          step.facts().stream().map(f -> draft(MatrixStates.ID, f)).toList(),
          counted,
          at -> at.with(step.state()),
          draft(MatrixStates.ID, fact));
    }

    void tryHook(MatrixStates.OfHook hook, Fact fact) {
      add(
          List.of(),
          hook.facts().stream().map(f -> draft(f.hookId(), f.fact())).toList(),
          0,
          at ->
              at.with(
                  hook.state(),
                  hook.tokenTaken() ? new NameState.Held(at.id(), null) : NameState.FREE),
          draft(MatrixStates.ID, fact));
    }

    void tryWait(MatrixStates.OfWait wait, Fact fact) {
      add(
          List.of(),
          wait.facts().stream().map(f -> draft(MatrixStates.ID, f)).toList(),
          0,
          at -> at.with(wait.state()),
          draft(MatrixStates.ID, fact));
    }

    void tryStaged(MatrixStates.OfStage staged, Fact fact) {
      add(
          List.of(),
          staged.facts().stream().map(f -> draft(MatrixStates.ID, f)).toList(),
          0,
          at -> at.with(staged.stage()),
          draft(MatrixStates.ID, fact));
    }

    private void add(
        List<MatrixCase.Planned> others,
        List<Draft> entity,
        int counted,
        UnaryOperator<Situation> state,
        Draft tried) {
      RunId id = new RunId(prefix + "run" + cases.size());
      List<Draft> log = new ArrayList<>();
      run.before().forEach(fact -> log.add(draft(null, fact)));
      entity.forEach(draft -> log.add(MatrixBirths.bound(id, draft)));
      run.after().forEach(fact -> log.add(draft(null, fact)));
      List<MatrixCase.Planned> setup = new ArrayList<>(others);
      log.forEach(draft -> setup.add(new MatrixCase.Planned(id, draft)));
      Situation at =
          state.apply(
              Situation.of(id, runState(run.status()), role.authority(counted, log.size()), now));
      String name =
          tried.fact().type().word()
              + (FactParts.site(tried.fact()) == null ? "" : " with a site")
              + " by "
              + role
              + ", run "
              + run.name()
              + (claimed ? " and claimed, " : ", ")
              + where;
      cases.add(new MatrixCase(name, setup, claimed, at, MatrixBirths.bound(id, tried)));
    }

    private RunState runState(@Nullable RunStatus status) {
      return status == null
          ? RunState.ABSENT
          : new RunState.Present(status, claimed ? 1 : 0, claimed ? MatrixCase.OWNER : null);
    }

    private Draft draft(@Nullable String about, Fact fact) {
      return new Draft(about, now, fact);
    }
  }
}
