package dev.fantasticfour.world.tck.storage;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.StateRecord;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.rules.LogGrammar;
import dev.fantasticfour.world.core.rules.RunFold;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What must hold of every run after every test, whatever the test was about: its log is one that
 * the rules allow, and the views are the fold of it. It reads through another instance than the
 * tests wrote with (ORD-6).
 */
public final class LogOracle {

  /** How many steps of a run are read one by one besides. */
  private static final int STEPS = 20;

  private final Storage storage;
  private final List<String> faults = new ArrayList<>();

  private LogOracle(Storage storage) {
    this.storage = storage;
  }

  /** Fails when a run that was named in the scene is not as it must be. */
  public static void judge(StorageScene scene) {
    judge(scene.peer(), scene.runs());
  }

  /** Fails when one of these runs is not as it must be. */
  public static void judge(Storage storage, Set<RunId> runs) {
    LogOracle oracle = new LogOracle(storage);
    runs.forEach(oracle::look);
    if (!oracle.faults.isEmpty()) {
      throw new AssertionError("[oracle] " + String.join("\n[oracle] ", oracle.faults));
    }
  }

  private void look(RunId run) {
    List<Event> log = StorageScene.log(storage, run);
    LogGrammar.faults(log).forEach(fault -> faults.add(run + ": " + fault));
    same(run, "ORD-1: events by page", log, all(page -> storage.events(run, page)));
    if (log.isEmpty()) {
      same(run, "L1: a run without log", Optional.empty(), storage.run(run));
      same(run, "L1: hooks without log", List.of(), all(page -> storage.hooks(run, page)));
      return;
    }
    fold(run, log).ifPresent(fold -> views(run, log, fold));
  }

  private Optional<RunFold> fold(RunId run, List<Event> log) {
    try {
      return Optional.of(RunFold.of(log));
    } catch (RuntimeException e) {
      faults.add(run + ": L1: its log cannot be folded: " + e);
      return Optional.empty();
    }
  }

  private void views(RunId run, List<Event> log, RunFold fold) {
    same(run, "L1: the run", fold.run(), storage.run(run).map(RunFold::factsOf));
    same(
        run,
        "L1: the steps",
        List.copyOf(fold.steps().values()),
        all(page -> storage.steps(run, page)));
    same(
        run,
        "L1: the hooks",
        List.copyOf(fold.hooks().live().values()),
        all(page -> storage.hooks(run, page)));
    same(run, "L1: the waits", List.copyOf(fold.waits().values()), storage.waits(run));
    same(
        run,
        "L1: the states",
        fold.shown().states().values().stream()
            .sorted(Comparator.comparing(StateRecord::name))
            .toList(),
        storage.states(run));
    same(
        run, "L1: the changes", List.copyOf(fold.shown().changes().values()), storage.changes(run));
    same(
        run,
        "L1: the updates",
        List.copyOf(fold.shown().updates().values()),
        all(page -> storage.updates(run, page)));
    same(
        run,
        "L1: the children",
        List.copyOf(fold.children().values()),
        all(page -> storage.children(run, page)));
    fold.steps().entrySet().stream()
        .limit(STEPS)
        .forEach(
            e -> same(run, "L1: step", Optional.of(e.getValue()), storage.step(run, e.getKey())));
    for (Event event : log) {
      if (event.fact() instanceof Fact.HookCreated created) {
        token(run, fold, Objects.requireNonNull(event.correlationId()), created.token());
      }
    }
  }

  /** A live hook is found by its token, one that is no longer live is not. */
  private void token(RunId run, RunFold fold, String hookId, String token) {
    Optional<HookRecord> found = storage.hookByToken(token);
    HookRecord live = fold.hooks().live().get(hookId);
    if (live != null) {
      same(run, "L1: the hook of token " + token, Optional.of(live), found);
    } else if (found.filter(h -> h.run().equals(run) && h.id().equals(hookId)).isPresent()) {
      faults.add(run + ": L1: hook " + hookId + " is gone, but its token finds it");
    }
  }

  private void same(RunId run, String what, Object expected, Object found) {
    if (!expected.equals(found)) {
      faults.add(run + ": " + what + " should be\n    " + expected + "\n  and is\n    " + found);
    }
  }

  private <T> List<T> all(Function<PageRequest, Page<T>> read) {
    return Pages.all(read, PageRequest.oldestFirst().withLimit(PageRequest.MAX));
  }
}
