package dev.fantasticfour.world.core.engine.run;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.CancelledException;
import dev.fantasticfour.world.api.error.Failure;
import dev.fantasticfour.world.api.error.RunDetached;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.workflow.StepFunction;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.ValueType;
import dev.fantasticfour.world.core.engine.codec.Failures;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.engine.dispatch.Strand;
import dev.fantasticfour.world.core.engine.replay.Divergence;
import dev.fantasticfour.world.core.engine.replay.EntityKind;
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
final class Program {

  private final RunId run;
  private final Definition<?, ?> definition;
  private final Strand strand;
  private final PayloadCodec codec;
  private final Supplier<String> tokens;
  private final Ledger ledger;
  private final Steps steps;
  private final Waits waits;
  private final Hooks hooks;
  private final Callers callers;
  private final AuthorLogger logger;
  private final BranchContext root;
  private boolean replaying;
  private boolean cancelRequested;
  private @Nullable Fact end;
  private @Nullable Standstill standstill;
  private @Nullable BranchState rootBranch;

  Program(
      RunId run,
      Definition<?, ?> definition,
      Strand strand,
      Ledger ledger,
      PayloadCodec codec,
      Supplier<String> tokens,
      OpenHooks openHooks) {
    this.run = run;
    this.definition = definition;
    this.strand = strand;
    this.ledger = ledger;
    this.codec = codec;
    this.tokens = tokens;
    this.steps = new Steps(ledger, codec);
    this.waits = new Waits(ledger);
    this.hooks = new Hooks(ledger, openHooks);
    this.callers = new Callers(run, () -> end != null);
    this.logger =
        AuthorLogger.ofWorkflow(
            definition.name(), run.value(), () -> !replaying && !strand.isDetached());
    this.root = new BranchContext(this);
  }

  /** Lets the code begin. */
  void begin(@Nullable Payload input, boolean inReplay) {
    replaying = inReplay;
    BranchState branch = branch("", () -> runRoot(input));
    rootBranch = branch;
    root.bind(branch);
    strand.runUntilQuiescent();
  }

  /** Tells the code of an outcome or an answer, and lets it go on until it is quiescent. */
  void tell(@Nullable String id, Fact fact, Instant occurredAt, Supplier<Divergence> notAsked) {
    ledger.told(occurredAt);
    boolean asked =
        switch (fact) {
          case Fact.CancelRequested cancel -> {
            requestCancel(cancel);
            yield true;
          }
          case Fact.WaitCompleted completed -> waits.settle(requireId(id));
          case Fact.StepCompleted completed -> steps.settle(requireId(id), completed);
          case Fact.StepFailed failed -> steps.settle(requireId(id), failed);
          default -> hooks.settle(requireId(id), fact);
        };
    if (asked) {
      strand.runUntilQuiescent();
    } else if (end == null && standstill == null) {
      standstill = Standstill.ofCode(String.valueOf(notAsked.get().getMessage()));
    }
  }

  /** All that is recorded was told: from now on what the code asks for is new. */
  void endReplay() {
    if (standstill == null) {
      try {
        ledger.endReplay();
      } catch (Divergence e) {
        standstill = Standstill.ofCode(String.valueOf(e.getMessage()));
      }
    }
    replaying = false;
  }

  RunId run() {
    return run;
  }

  Ledger ledger() {
    return ledger;
  }

  Steps steps() {
    return steps;
  }

  Waits waits() {
    return waits;
  }

  Hooks hooks() {
    return hooks;
  }

  Callers callers() {
    return callers;
  }

  System.Logger logger() {
    return logger;
  }

  boolean isDetached() {
    return strand.isDetached();
  }

  /** The last event of the run, once its code has ended. */
  @Nullable Fact end() {
    return end;
  }

  boolean hasEnded() {
    return end != null;
  }

  /** Why it cannot go on with this code, or null. */
  @Nullable Standstill standstill() {
    return standstill;
  }

  int threads() {
    return strand.alive();
  }

  Ledger.Asked ask(EntityKind kind, BranchState branch, String name) {
    try {
      return ledger.ask(kind, branch, name);
    } catch (Divergence e) {
      throw diverge(e);
    }
  }

  /** Stops the code where it stands: an {@link Error} its catch blocks are not meant for. */
  RunDetached diverge(Divergence difference) {
    return stand(Standstill.ofCode(String.valueOf(difference.getMessage())));
  }

  private RunDetached stand(Standstill why) {
    standstill = why;
    strand.detach();
    return strand.refusal();
  }

  BranchState branch(String path, Runnable body) {
    return new BranchState(strand, path, () -> runOrStand(path, body), callers::goesOn);
  }

  /**
   * A branch answers to somebody or the run stands: were its thread merely to end, nobody would
   * ever hear of the run again.
   */
  private void runOrStand(String path, Runnable body) {
    try {
      body.run();
    } catch (Throwable e) {
      if (isDetached()) {
        throw e;
      }
      throw stand(
          Standstill.ofError("branch '" + path + "' of its code ended with " + Failures.line(e)));
    }
  }

  /** Cancels and awaits the branches of scopes that the code of a branch left open. */
  void closeScopes(BranchState branch) {
    while (!branch.scopes().isEmpty() && !isDetached()) {
      branch.scopes().getLast().close();
    }
  }

  /** What a branch has opened ends with it. */
  void endBranch(BranchState branch) {
    closeScopes(branch);
    if (!isDetached()) {
      List.copyOf(branch.hooks()).forEach(Mailbox::end);
    }
  }

  @Nullable Payload encode(@Nullable Object value, ValueType<?> type) {
    return codec.encode(value, type);
  }

  /** The result of a step or of the workflow. */
  @Nullable Payload encodeOwn(@Nullable Object value, ValueType<?> type) {
    return ValueRefused.coded(() -> codec.encode(value, type));
  }

  /**
   * The value of a payload.
   *
   * @throws WorldException {@code SERIALIZATION} when it cannot be read as that type
   */
  <T> @Nullable T read(@Nullable Payload payload, ValueType<T> type) {
    return codec.decode(payload, type);
  }

  /** The value of a recorded payload; when the code can no longer read it, the run stands. */
  @SuppressWarnings("NullAway") // null exactly where null was recorded
  <T> T decode(String what, @Nullable Payload payload, ValueType<T> type) {
    try {
      return codec.decode(payload, type);
    } catch (WorldException e) {
      throw diverge(Divergence.unreadable(what, e));
    }
  }

  Failure failureOf(Throwable thrown) {
    return codec.decodeFailure(codec.encodeFailure(thrown));
  }

  Payload encodeFailure(Throwable thrown) {
    return codec.encodeFailure(thrown);
  }

  String secretToken() {
    return tokens.get();
  }

  /** The body of an inline step; without one the run stands until a process has it. */
  <I, R> StepFunction<I, R> bodyOf(StepType<I, R> type) {
    StepFunction<I, R> body = definition.bodyOf(type);
    if (body == null) {
      throw stand(
          Standstill.ofError(
              "step '"
                  + type.name()
                  + "' of workflow '"
                  + definition.name()
                  + "' has no registered body in this process; register it with the world"));
    }
    return body;
  }

  /** An error of the machine is nobody's result: the run stands and is tried again. */
  void checkSurvivable(Throwable thrown) {
    if (thrown instanceof VirtualMachineError || thrown instanceof LinkageError) {
      throw stand(
          Standstill.ofError(
              "workflow code of '" + definition.name() + "' met " + Failures.line(thrown)));
    }
  }

  private void runRoot(@Nullable Payload input) {
    Fact outcome;
    try {
      outcome = new Fact.RunCompleted(definition.run(this, root, input));
    } catch (RunDetached e) {
      throw e;
    } catch (Throwable e) {
      checkSurvivable(e);
      outcome = failed(e);
    }
    try {
      closeScopes(root.branch());
    } catch (RuntimeException e) {
      outcome = outcome instanceof Fact.RunCompleted ? failed(e) : outcome;
    }
    end = outcome;
    if (!isDetached()) {
      hooks.endWithRun();
    }
  }

  private Fact failed(Throwable thrown) {
    if (cancelRequested && thrown instanceof CancelledException cancelled) {
      return new Fact.RunCancelled(cancelled.reason());
    }
    return thrown instanceof ValueRefused refused
        ? new Fact.RunFailed(codec.encodeFailure(refused.why()), "SERIALIZATION")
        : new Fact.RunFailed(codec.encodeFailure(thrown), "USER_ERROR");
  }

  private void requestCancel(Fact.CancelRequested cancel) {
    BranchState branch = rootBranch;
    if (!cancelRequested && branch != null) {
      cancelRequested = true;
      branch.cancel(new CancelledException(cancel.reason()));
    }
  }

  private static String requireId(@Nullable String id) {
    if (id == null) {
      throw new IllegalArgumentException("an event about an entity has a correlation id");
    }
    return id;
  }
}
