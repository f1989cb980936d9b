package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.CancelledException;
import dev.fantasticfour.world.api.error.RunDetached;
import dev.fantasticfour.world.api.event.ChildFact;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.HookFact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.engine.coroutine.Strand;
import dev.fantasticfour.world.core.engine.history.Divergence;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The author's code with all it waits for. It is told one event at a time and goes on until it is
 * quiescent; then the ledger holds what it wants recorded, and {@link #steps()} which bodies it
 * wants run. It reaches no port.
 *
 * <p><b>Concurrency.</b> Driven by one thread at a time; the code itself runs on the strand's
 * coroutines, which the driver waits for.
 */
public final class Program {

  private final Definition<?, ?> definition;
  private final Strand strand;
  private final Workspace workspace;
  private final Steps steps;
  private final Waits waits;
  private final Hooks hooks;
  private final Updates updates;
  private final Signals signals;
  private final Children children;
  private final Handover handover;
  private final PayloadCodec codec;
  private final List<RequestKind> kinds;
  private final RunDeadline deadline;
  private final BranchContext root;
  private boolean replaying;
  private boolean cancelRequested;
  private @Nullable Fact end;
  private @Nullable BranchState rootBranch;

  public Program(
      RunId run,
      Definition<?, ?> definition,
      Strand strand,
      Ledger ledger,
      PayloadCodec codec,
      Lineage lineage,
      Supplier<String> tokens,
      Supplier<RunId> runIds,
      OpenHooks openHooks) {
    this.definition = definition;
    this.strand = strand;
    Halt halt = new Halt(definition.name(), strand);
    AuthorLogger logger =
        AuthorLogger.ofWorkflow(
            definition.name(), run.value(), () -> !replaying && !strand.isDetached());
    this.workspace =
        new Workspace(
            run,
            definition.name(),
            strand,
            new Callers(run, this::over),
            ledger,
            halt,
            new Values(codec, halt),
            logger);
    this.steps = new Steps(ledger, codec);
    this.waits = new Waits(ledger);
    this.hooks = new Hooks(workspace, waits, tokens, openHooks);
    this.updates = new Updates(workspace);
    this.signals = new Signals(workspace, waits);
    this.children = new Children(workspace, lineage, runIds);
    this.codec = codec;
    this.kinds = List.of(steps, waits, hooks, updates, signals, children);
    this.deadline = new RunDeadline(lineage.created().deadline());
    this.handover = new Handover(workspace, definition, lineage, runIds, updates, kinds);
    this.root =
        new BranchContext(
            workspace,
            new Requests(steps, waits, hooks, updates, signals, children, handover, definition));
  }

  /**
   * What the log began with besides the creation of the run: what was sent together with it, or
   * what the run before has left. To be said before the code begins.
   */
  public void inherit(Event event) {
    switch (event.fact()) {
      case HookFact.Carried hook -> hooks.inherit(String.valueOf(event.correlationId()), hook);
      case ChildFact.Carried child ->
          children.inherit(String.valueOf(event.correlationId()), child);
      case Fact fact -> {
        handover.inherited();
        tell(
            event.correlationId(),
            fact,
            event.occurredAt(),
            event.position(),
            () -> ledger().notAsked(event));
      }
    }
  }

  /** Lets the code begin. */
  public void begin(@Nullable Payload input, boolean inReplay) {
    replaying = inReplay;
    ledger().begins();
    BranchState branch = workspace.branch("", () -> runRoot(input));
    rootBranch = branch;
    root.bind(branch);
    strand.runUntilQuiescent();
  }

  /**
   * Tells the code of an outcome or an answer, and lets it go on until it is quiescent.
   *
   * @param position where it stands in the log; 0 for what the owner itself has come to just now
   */
  public void tell(
      @Nullable String id,
      Fact fact,
      Instant occurredAt,
      long position,
      Supplier<Divergence> notAsked) {
    ledger().told(fact, occurredAt, position);
    boolean asked =
        fact instanceof Fact.CancelRequested cancel
            ? requestCancel(cancel)
            : kindOf(fact).settle(RequestKind.subject(id, fact), fact);
    if (asked) {
      strand.runUntilQuiescent();
    } else if (end == null && standstill() == null) {
      workspace.halt().note(notAsked.get());
    }
  }

  private RequestKind kindOf(Fact fact) {
    for (RequestKind kind : kinds) {
      if (kind.toldBy().contains(fact.type())) {
        return kind;
      }
    }
    throw new IllegalArgumentException("code is not told of " + fact.type());
  }

  /** All that is recorded was told: from now on what the code asks for is new. */
  public void endReplay() {
    if (standstill() == null) {
      try {
        ledger().endReplay(codec::hash);
      } catch (Divergence e) {
        workspace.halt().note(e);
      }
    }
    replaying = false;
  }

  public Ledger ledger() {
    return workspace.ledger();
  }

  public Steps steps() {
    return steps;
  }

  public Waits waits() {
    return waits;
  }

  /** What is due of the deadline of the run. */
  public RunDeadline deadline() {
    return deadline;
  }

  /**
   * When something goes on by itself, or null.
   *
   * @param before a time by which it does so in any case, or null
   */
  public @Nullable Instant next(@Nullable Instant before) {
    Instant first = before;
    for (RequestKind kind : kinds) {
      Instant next = kind.next();
      if (next != null && (first == null || next.isBefore(first))) {
        first = next;
      }
    }
    return first;
  }

  public boolean isDetached() {
    return strand.isDetached();
  }

  /** The last event of the run, once its code has ended. */
  public @Nullable Fact end() {
    Fact ended = end;
    if (ended instanceof RunFact.Continued) {
      return handover.end();
    }
    return ended == null ? null : signals.counted(ended);
  }

  private @Nullable String over() {
    String goesOn =
        "goes on in another run, as its code has decided; nothing more can be asked of this one";
    return end != null ? Callers.ENDED : handover.isDecided() ? goesOn : null;
  }

  public boolean hasEnded() {
    return end != null;
  }

  /** Whether there are children whose end the code was not told of. */
  public boolean hasOpenChildren() {
    return children.anyOpen();
  }

  /** Why it cannot go on with this code, or null. */
  public @Nullable Standstill standstill() {
    return workspace.halt().why();
  }

  /** What an attempt threw, as it is recorded. */
  public Payload encodeFailure(Throwable thrown) {
    return workspace.values().encodeFailure(thrown);
  }

  private void runRoot(@Nullable Payload input) {
    try {
      end = endOf(input);
    } catch (RunDetached e) {
      kinds.forEach(RequestKind::giveUp);
      throw e;
    }
    if (!isDetached()) {
      kinds.forEach(handover.isDecided() ? RequestKind::giveUp : RequestKind::endWithRun);
    }
  }

  private Fact endOf(@Nullable Payload input) {
    Fact outcome;
    try {
      outcome = new Fact.RunCompleted(definition.run(root, input, workspace.values()));
    } catch (RunDetached e) {
      throw e;
    } catch (Throwable e) {
      workspace.halt().checkSurvivable(e);
      outcome = handover.isDecided() ? null : failed(e);
    }
    // However the code left that has decided, it counts for nothing.
    return outcome == null || handover.isDecided() ? handover.end() : atItsEnd(outcome);
  }

  /** Waits for what the code has left open; that may be what the run fails of. */
  private Fact atItsEnd(Fact outcome) {
    Fact last = outcome;
    try {
      root.branch().endScopes();
    } catch (RuntimeException e) {
      boolean tells = outcome instanceof Fact.RunCompleted || Undoing.failedIn(e) != null;
      last = tells ? failed(e) : outcome;
    }
    updates.endWith(
        root.branch(),
        last instanceof Fact.RunCompleted
            ? null
            : new CancelledException("the run ends before the update is answered"));
    return last;
  }

  private Fact failed(Throwable thrown) {
    return FailedRun.of(thrown, cancelRequested, workspace.values());
  }

  /** Cancels the root branch once. Returns true: anybody may ask for that at any time. */
  private boolean requestCancel(Fact.CancelRequested cancel) {
    deadline.asked(ledger().clock());
    handover.cancelRequested();
    if (handover.isDecided()) {
      return true;
    }
    BranchState branch = rootBranch;
    if (!cancelRequested && branch != null) {
      cancelRequested = true;
      CancelledException cause = new CancelledException(cancel.reason());
      branch.cancel(cause);
      updates.cancel(cause);
    }
    return true;
  }
}
