package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.api.CopyOptions;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.RunView;
import dev.fantasticfour.world.api.StreamReader;
import dev.fantasticfour.world.api.run.Cancellation;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.StreamType;
import dev.fantasticfour.world.core.rules.RunEnd;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A handle to one run. Holds an id and no state. */
final class RunHandle<T> implements Run<T> {

  private final RunCalls calls;
  private final RunId run;
  private final RunOutcome<T> outcome;
  private final Function<RunId, CompletableFuture<RunEnd>> end;

  /**
   * @param end how to wait for the run's end
   */
  RunHandle(
      RunCalls calls,
      RunId run,
      RunOutcome<T> outcome,
      Function<RunId, CompletableFuture<RunEnd>> end) {
    this.calls = calls;
    this.run = run;
    this.outcome = outcome;
    this.end = end;
  }

  @Override
  public String id() {
    return run.value();
  }

  @Override
  public @Nullable T result(Duration timeout) {
    CompletableFuture<RunEnd> ended = last();
    try {
      return outcome.of(
          calls.machine().await(ended, timeout)
              ? WaitFailures.valueOf(ended)
              : calls.lastLook().of(run, timeout));
    } catch (InterruptedException e) {
      throw WaitFailures.interrupted(run, e);
    } finally {
      ended.cancel(false);
    }
  }

  /** The end of the last run of the chain. */
  private CompletableFuture<RunEnd> last() {
    return new ChainEnd(end, calls.results()).of(run);
  }

  @Override
  public CompletableFuture<T> resultAsync() {
    CompletableFuture<RunEnd> ended = last();
    // Decoding, and whatever the caller hangs on it, may take its time: on a thread of its own.
    CompletableFuture<T> result =
        ended.thenApplyAsync(outcome::of, task -> calls.machine().start("world-result", task));
    result.whenComplete((value, thrown) -> ended.cancel(false));
    return result;
  }

  @Override
  public RunView view() {
    return calls.reads().view(run);
  }

  @Override
  public Cancellation cancel(@Nullable String reason) {
    return calls.control().cancel(run, reason);
  }

  @Override
  public boolean terminate(@Nullable String reason) {
    return calls.control().terminate(run, reason);
  }

  @Override
  public boolean pause(@Nullable String reason, @Nullable String by) {
    return calls.control().holds().pause(run, reason, by);
  }

  @Override
  public boolean resume() {
    return calls.control().holds().resume(run);
  }

  @Override
  public Run<T> retry() {
    return other(calls.again().retry(run).run());
  }

  @Override
  public Run<T> forkFrom(String step, UnaryOperator<CopyOptions> options) {
    return other(calls.again().fork(run, step, options.apply(CopyOptions.DEFAULT)));
  }

  @Override
  public Run<T> reset(String step, UnaryOperator<CopyOptions> options) {
    return other(calls.again().reset(run, step, options.apply(CopyOptions.DEFAULT)));
  }

  @Override
  public Run<T> rerun(UnaryOperator<CopyOptions> options) {
    return other(calls.again().rerun(run, options.apply(CopyOptions.DEFAULT)));
  }

  private Run<T> other(RunId other) {
    return new RunHandle<>(calls, other, outcome, calls.results()::of);
  }

  @Override
  public boolean nudge() {
    return calls.control().nudge(run);
  }

  @Override
  public int wakeUp() {
    return calls.control().wakeUp(run);
  }

  @Override
  public int wakeUp(String wait) {
    return calls.control().wakeUp(run, wait);
  }

  @Override
  public String awaitHook(HookType<?> type, Duration timeout) {
    return calls.hookSearch().await(run, type.name(), timeout);
  }

  @Override
  public <C> StreamReader<C> stream(StreamType<C> type, long from) {
    CompletableFuture<RunEnd> ended = end.apply(run);
    try {
      return calls.streams().reader(run, type, from, ended);
    } catch (RuntimeException e) {
      ended.cancel(false);
      throw e;
    }
  }

  @Override
  public String toString() {
    return "run " + run;
  }
}
