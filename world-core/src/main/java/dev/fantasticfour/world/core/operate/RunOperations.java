package dev.fantasticfour.world.core.operate;

import dev.fantasticfour.world.api.CopyOptions;
import dev.fantasticfour.world.api.ImportOptions;
import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.SignalOptions;
import dev.fantasticfour.world.api.StartOptions;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.attribute.AttributeChanges;
import dev.fantasticfour.world.api.attribute.AttributeCondition;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.Cancellation;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.core.operate.Trail.Request;
import dev.fantasticfour.world.core.port.Retention.Erasing;
import dev.fantasticfour.world.core.port.Storage;
import java.io.IOException;
import java.io.Reader;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is done to one run, as {@link Run} and {@link WorldClient} do it: see there what each means
 * and throws. Safe for any number of threads.
 */
public final class RunOperations {

  private final Supplier<? extends WorldClient> client;
  private final Storage storage;
  private final Trail trail;
  private final Principal principal;

  RunOperations(
      Supplier<? extends WorldClient> client, Storage storage, Trail trail, Principal principal) {
    this.client = client;
    this.storage = storage;
    this.trail = trail;
    this.principal = principal;
  }

  /**
   * Whether a run is of somebody's scope, and with it the one in which it goes on: what is done to
   * a run is done to the newest of its chain.
   */
  static boolean isTheirs(Storage storage, Principal principal, String run) {
    if (principal.scope().isEmpty()) {
      return true;
    }
    Optional<RunRecord> at = storage.run(new RunId(run));
    while (at.filter(principal::owns).isPresent()) {
      RunId next = at.get().continuedTo();
      if (next == null) {
        return true;
      }
      at = storage.run(next);
    }
    return false;
  }

  private <T extends @Nullable Object> T to(
      String run,
      Action action,
      @Nullable String reason,
      Supplier<T> work,
      Function<T, String> said) {
    return trail.<T, RuntimeException>toRun(
        new Request(action, run, null, reason),
        () -> isTheirs(storage, principal, run),
        work::get,
        said);
  }

  private Run<Payload> run(String run) {
    return client.get().run(run);
  }

  /** Starts a run; whoever has a scope may not. */
  public Run<Payload> start(String workflow, String json, UnaryOperator<StartOptions> options) {
    return trail.<Run<Payload>, RuntimeException>beyondRuns(
        Request.of(Action.START, workflow),
        () -> client.get().startJson(workflow, json, options),
        Run::id);
  }

  /** {@link Run#cancel}. */
  public Cancellation cancel(String run, @Nullable String reason) {
    return to(
        run,
        Action.CANCEL,
        reason,
        () -> run(run).cancel(reason),
        answer -> answer.name().toLowerCase(Locale.ROOT));
  }

  /** {@link Run#terminate}. */
  public boolean terminate(String run, @Nullable String reason) {
    return to(
        run, Action.TERMINATE, reason, () -> run(run).terminate(reason), RunOperations::orEnded);
  }

  /** {@link Run#nudge}. */
  public boolean nudge(String run) {
    return to(run, Action.NUDGE, null, () -> run(run).nudge(), stood -> stood ? "" : "not stalled");
  }

  /**
   * {@link Run#wakeUp(String)}.
   *
   * @param wait the id of a wait or the name of a hook; null: all sleeps
   */
  public int wake(String run, @Nullable String wait) {
    return to(
        run,
        Action.WAKE,
        null,
        () -> wait == null ? run(run).wakeUp() : run(run).wakeUp(wait),
        ended -> ended + " ended");
  }

  /** {@link Run#pause}, by whoever this is. */
  public boolean pause(String run, @Nullable String reason) {
    return to(
        run,
        Action.PAUSE,
        reason,
        () -> run(run).pause(reason, principal.name()),
        RunOperations::orEnded);
  }

  /** {@link Run#resume}. */
  public boolean resume(String run) {
    return to(run, Action.RESUME, null, () -> run(run).resume(), was -> was ? "" : "not paused");
  }

  /** {@link Run#retry}. */
  public Run<Payload> retry(String run) {
    return to(run, Action.RETRY, null, () -> run(run).retry(), Run::id);
  }

  /** {@link Run#forkFrom}. */
  public Run<Payload> fork(String run, String step, UnaryOperator<CopyOptions> options) {
    return to(run, Action.FORK, null, () -> run(run).forkFrom(step, options), Run::id);
  }

  /** {@link Run#reset}. */
  public Run<Payload> reset(String run, String step, UnaryOperator<CopyOptions> options) {
    return to(run, Action.RESET, null, () -> run(run).reset(step, options), Run::id);
  }

  /** {@link Run#rerun}. */
  public Run<Payload> rerun(String run, UnaryOperator<CopyOptions> options) {
    return to(run, Action.RERUN, null, () -> run(run).rerun(options), Run::id);
  }

  /** {@link WorldClient#signalJson}. */
  public void signal(String run, String name, String json, UnaryOperator<SignalOptions> options) {
    String unused =
        to(
            run,
            Action.SIGNAL,
            null,
            () -> {
              client.get().signalJson(name, run, json, options);
              return name;
            },
            sent -> sent);
  }

  /** {@link WorldClient#setAttributes}; nobody moves a run out of their own scope. */
  public void setAttributes(String run, UnaryOperator<AttributeChanges> changes) {
    boolean unused =
        to(
            run,
            Action.SET_ATTRIBUTES,
            null,
            () -> {
              client.get().setAttributes(run, asked -> withinScope(changes.apply(asked)));
              return true;
            },
            done -> "");
  }

  private AttributeChanges withinScope(AttributeChanges changes) {
    List<String> fixed =
        principal.scope().stream()
            .map(AttributeCondition::key)
            .filter(changes.changes()::containsKey)
            .toList();
    if (fixed.isEmpty()) {
      return changes;
    }
    throw new WorldException(
        ErrorCode.NOT_PERMITTED,
        principal.name() + " may not change " + fixed + ", which says whose a run is");
  }

  /**
   * {@link WorldClient#resumeJson}. The token is a secret, and the audit names the hook instead.
   *
   * @return the id of the run
   */
  public String resumeHook(String token, String json) {
    HookRecord hook = storage.hookByToken(token).orElse(null);
    Work<String, RuntimeException> work = () -> client.get().resumeJson(token, json);
    return trail.toRun(
        Request.of(Action.RESUME_HOOK, hook == null ? null : hook.run().value()),
        () -> hook != null && isTheirs(storage, principal, hook.run().value()),
        work,
        run -> hook == null ? run : "hook " + hook.name());
  }

  /** {@link WorldClient#importRun}; whoever has a scope may not. */
  public String importRun(String name, Reader in, UnaryOperator<ImportOptions> options)
      throws IOException {
    Work<String, IOException> work = () -> client.get().importRun(name, in, options);
    return trail.beyondRuns(Request.of(Action.IMPORT, null), work, run -> run);
  }

  /** {@link dev.fantasticfour.world.core.port.Retention#keep}. */
  public boolean keep(String run, boolean kept) {
    return to(
        run,
        Action.KEEP,
        null,
        () -> storage.keep(new RunId(run), kept),
        there -> there ? (kept ? "kept" : "no longer kept") : "nothing to keep");
  }

  /** {@link dev.fantasticfour.world.core.port.Retention#erase}. */
  public Erasing erase(String run) {
    return to(
        run,
        Action.ERASE,
        null,
        () -> storage.erase(new RunId(run)),
        erasing -> erasing.name().toLowerCase(Locale.ROOT).replace('_', ' '));
  }

  private static String orEnded(boolean done) {
    return done ? "" : "it had ended";
  }
}
