package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.CancelledException;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.RunKeyConflictException;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Birth;
import dev.fantasticfour.world.api.event.ChildFact;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.Pin;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.workflow.ChildOptions;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.core.engine.history.EntityKind;
import dev.fantasticfour.world.core.rules.Protocol;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The runs that a run has started, by the ids that they have in its log. */
final class Children implements RequestKind {

  /** More than that may not go on at a time. */
  static final int MOST_OPEN = 20_000;

  private static final Set<EventType> TOLD_BY =
      EnumSet.of(
          EventType.CHILD_CREATED,
          EventType.CHILD_CONFLICT,
          EventType.CHILD_COMPLETED,
          EventType.CHILD_FAILED,
          EventType.CHILD_CANCELLED);

  private final Workspace workspace;
  private final Lineage lineage;
  private final Supplier<RunId> runIds;

  // Most runs start none.
  private Map<String, ChildEntry> open = Map.of();
  private List<ChildEntry> unread = List.of();
  private List<ChildEntry> carried = List.of();

  /**
   * @param runIds fresh ones: which run a child is stands in the log, so that it need not follow
   *     from anything
   */
  Children(Workspace workspace, Lineage lineage, Supplier<RunId> runIds) {
    this.workspace = workspace;
    this.lineage = lineage;
    this.runIds = runIds;
  }

  /**
   * A branch starts a child. It exists when {@link ChildEntry#created} is settled.
   *
   * @throws WorldException {@code THROTTLED} when there are too many, or it would be too deep
   */
  <I, R> ChildEntry start(
      BranchState branch, WorkflowType<I, R> type, @Nullable Payload input, ChildOptions options) {
    requireRoom();
    Ledger.Asked asked = workspace.ask(EntityKind.CHILD, branch, type.name());
    String recorded = asked.recorded() == null ? null : asked.recorded().childRun();
    RunId run = recorded == null ? runIds.get() : new RunId(recorded);
    ChildEntry child = new ChildEntry(asked.id(), run.value(), type.name());
    open = open.isEmpty() ? new HashMap<>() : open;
    open.put(child.id(), child);
    if (asked.isNew()) {
      workspace
          .ledger()
          .write(
              asked.id(),
              new ChildFact.Created(
                  asked.site(),
                  run.value(),
                  type.name(),
                  options.onParentEnd(),
                  isElsewhere(options.application()) ? options.application() : null,
                  new Birth(
                      creation(asked.id(), type, input, options), Pin.AUTO.equals(options.pin()))));
    }
    return child;
  }

  private void requireRoom() {
    lineage.requireRoomBelow();
    if (open.size() >= MOST_OPEN) {
      throw new WorldException(
          ErrorCode.THROTTLED,
          "run "
              + workspace.run()
              + " has "
              + MOST_OPEN
              + " children that have not ended; wait for some of them before the next one");
    }
  }

  private boolean isElsewhere(@Nullable String application) {
    return application != null && !application.equals(lineage.created().taskQueue());
  }

  private Fact.RunCreated creation(
      String id, WorkflowType<?, ?> type, @Nullable Payload input, ChildOptions options) {
    Pin chosen = options.pin();
    String key = options.runKey();
    String application = options.application();
    return new Fact.RunCreated(
            type.name(),
            lineage.created().deploymentId(),
            Protocol.SPEC_VERSION,
            application == null ? lineage.created().taskQueue() : application,
            input,
            key,
            key == null ? null : workspace.values().hash(input),
            options.attributes(),
            null)
        .pinned(chosen == null && type.pinsRuns() ? Pin.FIRST : chosen)
        .childOf(lineage.parentOf(id, options.onParentEnd()));
  }

  @Override
  public Set<EventType> toldBy() {
    return TOLD_BY;
  }

  /** The code is told what the store answered, or what became of a child. */
  @Override
  public boolean settle(String id, Fact fact) {
    ChildEntry child = open.get(id);
    if (child == null) {
      return false;
    }
    switch (fact) {
      case ChildFact.Created f -> child.created().resolve(true);
      case ChildFact.Conflict f -> {
        open.remove(id);
        child
            .created()
            .fail(new RunKeyConflictException(child.workflow(), f.runKey(), f.holdingRun()));
      }
      case ChildFact f -> {
        open.remove(id);
        // That it is to cancel itself it need not be told any more.
        workspace.ledger().withdrawGivingUp(id);
        child.over(f, workspace.ledger().position());
        unread = unread.isEmpty() ? new ArrayList<>() : unread;
        unread.add(child);
      }
      default -> throw new IllegalArgumentException("not about a child: " + fact.type());
    }
    return true;
  }

  /** A child came over from the run before. */
  void inherit(String id, ChildFact.Carried fact) {
    ChildEntry child = new ChildEntry(id, fact.childRun(), fact.workflow());
    child.created().resolve(true);
    open = open.isEmpty() ? new HashMap<>() : open;
    open.put(id, child);
    carried = carried.isEmpty() ? new ArrayList<>() : carried;
    carried.add(child);
  }

  /** Whether there are any of whose end the code was not told. */
  boolean anyOpen() {
    return !open.isEmpty();
  }

  /** Those of a workflow that came over from the run before, in order. */
  List<ChildEntry> carried(String workflow) {
    return carried.stream().filter(child -> child.workflow().equals(workflow)).toList();
  }

  @Override
  public void leave(Collection<Long> positions) {
    unread.forEach(child -> child.leave(positions));
  }

  /** The code asks a child to cancel itself, unless it has ended or was asked already. */
  void cancel(ChildEntry child, @Nullable String reason) {
    Ledger ledger = workspace.ledger();
    if (child.isOver() || child.isAsked()) {
      return;
    }
    child.ask();
    if (!ledger.gaveUp(child.id()) && !ledger.isSettled(child.id())) {
      ledger.write(child.id(), new ChildFact.CancelRequested(reason));
    }
  }

  /**
   * Has a branch wait until a child is over.
   *
   * @param asks whether the child is asked to cancel itself when the branch is, and waited for
   *     nevertheless
   */
  void await(ChildEntry child, BranchState branch, boolean asks) {
    if (child.isOver()) {
      return;
    }
    CancelledException before = branch.takeCancellation();
    Promise<Boolean> over = promise(before, cause -> cancel(child, cause.reason()), asks);
    child.onOutcome(() -> over.resolveOnce(true));
    branch.await(over);
  }

  /**
   * What a branch waits with.
   *
   * @param before a cancellation that has met it while it could not be cancelled, or null
   * @param asks whether it waits on when it is cancelled
   */
  static Promise<Boolean> promise(
      @Nullable CancelledException before, Consumer<CancelledException> onCancel, boolean asks) {
    if (!asks) {
      if (before != null) {
        throw before;
      }
      return Promise.givenUpBy(cause -> {});
    }
    Promise<Boolean> over = Promise.outlasting(onCancel);
    if (before != null) {
      boolean unused = over.giveUp(before);
    }
    return over;
  }
}
