package dev.fantasticfour.world.test;

import dev.fantasticfour.world.api.Registrations;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.StartOptions;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.StepFunction;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.StreamType;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.test.store.MemoryStores;
import dev.fantasticfour.world.test.store.PostgresStores;
import dev.fantasticfour.world.test.store.RedisStores;
import dev.fantasticfour.world.test.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A world for one test: the real engine on a store in memory, and a clock that is the test's own.
 *
 * <p>Time stands still while anything is done, and moves only where a test says so: {@link
 * #advance}, {@link #result}, {@link #await}. A body that runs, or blocks, holds it. When nothing
 * has happened for 10 seconds of real time, whatever waits fails and says where every thread is.
 * What happens happens in one order, the same in every run of the test, as long as no code of the
 * test waits for threads of its own.
 *
 * <p>What is registered and faked is known to the workers from the first {@link #start} on; bodies
 * may be faked at any time.
 *
 * <p><b>Concurrency.</b> Made, used and closed by the thread of a test; its {@linkplain #client()
 * client} may be used by any. Any number of them may live in one process.
 */
public final class TestWorld implements Registrations, AutoCloseable {

  private final Laboratory laboratory;

  private TestWorld(Laboratory laboratory) {
    this.laboratory = laboratory;
  }

  /** A world in memory, whose time begins now. */
  public static TestWorld inMemory() {
    return inMemory(Instant.now());
  }

  /** A world in memory, whose time begins then. */
  public static TestWorld inMemory(Instant begin) {
    return new TestWorld(
        new Laboratory(
            begin.truncatedTo(ChronoUnit.MICROS), (clock, machine) -> new MemoryStores(clock)));
  }

  /**
   * A world on a fresh database of PostgreSQL, with queue and streams in memory: the one of {@code
   * WORKFLOW_POSTGRES_URL}, else one in a container, else an embedded one. Its clock is the test's.
   */
  public static TestWorld onPostgres() {
    return onServers((clock, machine) -> new PostgresStores(clock, new MemoryStores(clock)));
  }

  /** The same with queue and streams on Redis, found in the same way. */
  public static TestWorld onPostgresAndRedis() {
    return onServers((clock, machine) -> new PostgresStores(clock, new RedisStores(machine)));
  }

  private static TestWorld onServers(BiFunction<InstantSource, Machine, Store> stores) {
    try {
      return new TestWorld(new Laboratory(begin(), stores));
    } catch (NoClassDefFoundError e) {
      throw new IllegalStateException(
          "a test on servers needs world-adapter-postgres, world-adapter-redis and world-embedded"
              + " on its class path, in scope test",
          e);
    }
  }

  /** As exact as stores are. */
  private static Instant begin() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }

  /**
   * Plays a scenario again and again, each time with another thing going wrong at another call that
   * its workers make of storage, queue and streamer: their process is lost before the call, after
   * it, or gets no answer. A new process takes over. Every play has to pass, and every run has to
   * end as it does when nothing goes wrong, with the same output: so none should say when it was,
   * or the id of a run.
   *
   * @param scenario registers, fakes, starts and asserts; keeps what it counts to itself
   * @throws AssertionError of the first play that fails, naming the call
   */
  public static void crashEverywhere(Consumer<TestWorld> scenario) {
    Crashes.everywhere(scenario);
  }

  // What there is
  // -----------------------------------------------------------------------------------------

  @Override
  public <I, O> TestWorld register(WorkflowType<I, O> type, Workflow<I, O> workflow) {
    laboratory.register(type, workflow);
    return this;
  }

  @Override
  public <I, O> TestWorld register(StepType<I, O> type, StepFunction<I, O> body) {
    laboratory.register(type, body);
    return this;
  }

  /** Stands in for the body of a step, registered or not: {@code step(CHARGE).returns("p-1")}. */
  public <I, O> StepFake<I, O> step(StepType<I, O> type) {
    return laboratory.fake(type);
  }

  /** Stands in for the body of a step whose code stands in the workflow, by its name. */
  public StepFake<Object, Object> step(String name) {
    return laboratory.fakes().of(name);
  }

  /** Stands in for the code of a child; to be said before the first start. */
  public <I, O> ChildFake<I, O> child(WorkflowType<I, O> type) {
    return laboratory.child(type);
  }

  /** Gives every step so many attempts, whatever its options say. */
  public TestWorld attempts(int most) {
    laboratory.fakes().attempts(most);
    return this;
  }

  /** The attempts of a step so far, in the order of their beginnings. */
  public <I> List<StepCall<I>> calls(StepType<I, ?> type) {
    return laboratory.fakes().calls(type.name());
  }

  /** The same by name. */
  public List<StepCall<Object>> calls(String step) {
    return laboratory.fakes().calls(step);
  }

  // Runs
  // -----------------------------------------------------------------------------------------

  /**
   * The client, for everything that is not here: signals, updates, lists, cancellation. A call of
   * it that waits lets time pass while nothing else happens, for a minute at most.
   */
  public WorldClient client() {
    return laboratory.client();
  }

  /** Starts a run. */
  public <I, O> Run<O> start(WorkflowType<I, O> type, I input) {
    return start(type, input, UnaryOperator.identity());
  }

  /** Starts a run with options. */
  public <I, O> Run<O> start(
      WorkflowType<I, O> type, I input, UnaryOperator<StartOptions> options) {
    return laboratory.client().start(type, input, options);
  }

  /** Sends a payload to the hook of that type which a run has open. */
  public <P> void resume(Run<?> run, HookType<P> hook, @Nullable P payload) {
    Waiting waiting = waitingFor(run);
    for (Waiting.Part part : waiting.parts()) {
      if (part instanceof Waiting.ForHook open && open.name().equals(hook.name())) {
        String unused = client().resume(hook, open.token(), payload);
        return;
      }
    }
    throw laboratory.failure(
        "run " + run.id() + " has no open hook '" + hook.name() + "'; it waits for " + waiting);
  }

  /** What there is in a stream of a run, as far as that is there now. */
  public <C> List<C> stream(Run<?> run, StreamType<C> type) {
    untilIdle();
    return laboratory.stream(run, type);
  }

  /** What a run waits for. */
  public Waiting waitingFor(Run<?> run) {
    untilIdle();
    return laboratory.looks().waiting(laboratory.looks().run(run.id()));
  }

  // Time
  // -----------------------------------------------------------------------------------------

  /** What time it is. */
  public Instant now() {
    return laboratory.time().now();
  }

  /** Waits until every run waits or has ended, and nothing is under way; moves no time. */
  public void untilIdle() {
    laboratory.time().untilIdle();
  }

  /** Lets time pass. What is due meanwhile happens when it is due, one thing after the other. */
  public void advance(Duration time) {
    // A run whose message was lost is found by a sweep, for which time moves: what it waits for
    // counts from there.
    untilIdle();
    laboratory.time().advanceTo(now().plus(time));
  }

  /** Lets time pass until then. */
  public void advanceTo(Instant time) {
    laboratory.time().advanceTo(time);
  }

  /**
   * The result of a run, with as much time passing as it takes. Of a run that is continued, that of
   * the last one.
   *
   * @throws dev.fantasticfour.world.api.error.RunFailedException when it failed
   * @throws dev.fantasticfour.world.api.error.RunCancelledException when it was cancelled
   * @throws AssertionError at once when nothing is left that would bring it to an end, saying what
   *     it waits for
   */
  public <T> @Nullable T result(Run<T> run) {
    await(run);
    return run.result(Duration.ZERO);
  }

  /** Lets as much time pass as a run takes to end, however it ends. */
  public void await(Run<?> run) {
    laboratory.time().advanceUntil("the end of run " + run.id(), () -> hasEnded(run));
  }

  private boolean hasEnded(Run<?> run) {
    RunRecord record = laboratory.looks().last(run.id());
    if (record.stalledAt() != null) {
      throw laboratory.failure("run " + record.id() + " stands: " + record.stalledReason());
    }
    return record.status().isFinal();
  }

  // What goes wrong
  // -----------------------------------------------------------------------------------------

  /** Takes the threads of a run that waits, as a worker does that has many: it is replayed. */
  public void evict(Run<?> run) {
    untilIdle();
    laboratory.worker().evict(new RunId(run.id()));
    untilIdle();
  }

  /** Closes the workers in order, and has others take over. */
  public void restart() {
    laboratory.restart();
  }

  /** Loses the workers, bodies and all, as kill -9 does, and has others take over. */
  public void crash() {
    laboratory.crash();
  }

  /**
   * Has something go wrong once at a call that the workers make of a port.
   *
   * @param method the name of a method of a port, as {@code append}, {@code claim} or {@code
   *     enqueue}
   * @param nth which of its calls from now on, from 1
   */
  public void crashAt(Crash how, String method, int nth) {
    laboratory.calls().goWrong(nth, method, how);
  }

  /**
   * Whether every log is legal, and the code of every run asks for the same again when its log is
   * told to it anew, from each of its prefixes.
   *
   * @throws AssertionError saying which run, at which event
   */
  public void check() {
    untilIdle();
    laboratory.check();
  }

  Laboratory laboratory() {
    return laboratory;
  }

  /** What all runs do that have not ended. */
  public String dump() {
    return laboratory.looks().dump();
  }

  /** Ends it; whatever runs is given up. */
  @Override
  public void close() {
    laboratory.close();
  }
}
