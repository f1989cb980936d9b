package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.CancelledException;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.UpdateFact;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The updates that others ask of a run: they wait until the code takes those of their name, and are
 * handled in branches of their own. Every one gets an answer before the run ends.
 */
final class Updates implements RequestKind {

  private static final Set<EventType> TOLD_BY = EnumSet.of(EventType.UPDATE_REQUESTED);

  private final Workspace workspace;

  // Made when the first comes: most runs answer no updates, and pay nothing for them.
  private Map<String, UpdateTaking<?, ?>> takings = Map.of();
  private Map<String, Untaken> untaken = Map.of();
  private Set<UpdateBranch<?, ?>> handled = Set.of();
  private @Nullable Promise<Boolean> ending;
  private boolean takesNoMore;

  /** The run goes on in another one, which answers what comes from now on. */
  private boolean goesOn;

  /**
   * One that no code has taken yet.
   *
   * @param position of its event
   */
  private record Untaken(UpdateFact.Requested requested, long position) {}

  Updates(Workspace workspace) {
    this.workspace = workspace;
  }

  /**
   * The code takes updates of a name from now on, and those that have come before.
   *
   * @throws IllegalStateException when it does so already
   */
  void take(UpdateTaking<?, ?> taking) {
    String name = taking.name();
    takings = takings.isEmpty() ? new HashMap<>() : takings;
    if (takings.putIfAbsent(name, taking) != null) {
      throw new IllegalStateException(
          "updates '"
              + name
              + "' are answered already: onUpdate is called once for a name, and one handler"
              + " answers all of them");
    }
    if (takesNoMore) {
      return;
    }
    handleUntaken(taking);
  }

  private void handleUntaken(UpdateTaking<?, ?> taking) {
    untaken.entrySet().stream()
        .filter(each -> each.getValue().requested().name().equals(taking.name()))
        .map(Map.Entry::getKey)
        .toList()
        .forEach(
            id -> {
              Untaken next = untaken.remove(id);
              handle(id, next == null ? null : next.requested(), taking);
            });
  }

  @Override
  public Set<EventType> toldBy() {
    return TOLD_BY;
  }

  /** The code is told that somebody asks for an update, which anybody may at any time. */
  @Override
  public boolean settle(String id, Fact fact) {
    if (!(fact instanceof UpdateFact.Requested requested)) {
      throw new IllegalArgumentException("not told to code: " + fact.type());
    }
    UpdateTaking<?, ?> taking = takings.get(requested.name());
    if (workspace.ledger().refusedUpdate(id)) {
      // Its verdict is recorded, and nothing else has changed.
      return true;
    }
    if (takesNoMore && !goesOn) {
      refuse(id);
    } else if (taking == null || goesOn) {
      untaken = untaken.isEmpty() ? new LinkedHashMap<>() : untaken;
      untaken.put(id, new Untaken(requested, workspace.ledger().position()));
    } else {
      handle(id, requested, taking);
    }
    return true;
  }

  private <Q, R> void handle(
      String id, UpdateFact.@Nullable Requested requested, UpdateTaking<Q, R> taking) {
    Payload request = requested == null ? null : requested.request();
    handled = handled.isEmpty() ? new LinkedHashSet<>() : handled;
    handled.add(new UpdateBranch<>(workspace, taking, id, request, this::ended));
  }

  private void ended(UpdateBranch<?, ?> branch) {
    handled.remove(branch);
    Promise<Boolean> waiting = ending;
    if (waiting != null && handled.isEmpty()) {
      waiting.resolveOnce(true);
    }
  }

  /** The run was asked to cancel: so is everything that goes on in it. */
  void cancel(CancelledException cause) {
    List.copyOf(handled).forEach(branch -> branch.cancel(cause, ErrorCode.RUN_CANCELLED));
  }

  /**
   * The code of the root has come to its end: waits for those that are handled.
   *
   * @param failed when it came to a bad end: they are cancelled first, and no more are taken; null
   *     when they may take their time
   */
  void endWith(BranchState root, @Nullable CancelledException failed) {
    if (failed != null) {
      takesNoMore = true;
      List.copyOf(handled).forEach(branch -> branch.cancel(failed, ErrorCode.RUN_ENDED));
    }
    awaitHandled(root);
  }

  private void awaitHandled(BranchState root) {
    while (!handled.isEmpty() && !root.isDetached()) {
      Promise<Boolean> all = Promise.toTheEnd();
      ending = all;
      root.await(all);
      ending = null;
    }
  }

  /** The code of the root waits for those that are handled, while more may come. */
  void awaitAll(BranchState branch) {
    if (!branch.path().isEmpty()) {
      throw new IllegalStateException(
          "handlers of updates are waited for at the root of the code, and this is branch '"
              + branch.path()
              + "'");
    }
    awaitHandled(branch);
  }

  /**
   * The run is to go on in another one: takes nothing more, and waits for those that are handled. A
   * branch that is cancelled meanwhile takes on again.
   */
  void endBefore(BranchState root) {
    takesNoMore = true;
    goesOn = true;
    endWith(root, null);
  }

  /** It does not after all: what has come meanwhile is taken. */
  void takeOn() {
    takesNoMore = false;
    goesOn = false;
    for (UpdateTaking<?, ?> taking : List.copyOf(takings.values())) {
      handleUntaken(taking);
    }
  }

  @Override
  public void leave(Collection<Long> positions) {
    untaken.values().forEach(each -> positions.add(each.position()));
  }

  /** The code has ended: what nobody took is not taken. */
  @Override
  public void endWithRun() {
    takesNoMore = true;
    new ArrayList<>(untaken.keySet()).forEach(this::refuse);
    untaken = Map.of();
  }

  private void refuse(String id) {
    WorldException ended =
        new WorldException(
            ErrorCode.RUN_ENDED,
            "run " + workspace.run() + " ended before its code took update '" + id + "'");
    workspace
        .ledger()
        .answer(
            id,
            new UpdateFact.Rejected(
                workspace.values().encodeFailure(ended), ErrorCode.RUN_ENDED.name()));
  }
}
