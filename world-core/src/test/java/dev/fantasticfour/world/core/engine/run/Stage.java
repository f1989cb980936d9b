package dev.fantasticfour.world.core.engine.run;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.memory.MemoryStorage;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.virtual.Timeline;
import dev.fantasticfour.world.core.virtual.VirtualMachine;
import dev.fantasticfour.world.core.virtual.VirtualProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds one run: a store in memory that has it, a time that is moved by hand, the messages
 * of its queued steps, and whoever else appends to it. All chance comes from one seed. Time and
 * threads are those of simulations and of users' tests; what it does without is their scheduler,
 * for here nobody waits: a test says what happens next.
 */
final class Stage {

  /** A token that another run holds for good. */
  static final String TAKEN = "taken";

  static final String TASK_QUEUE = "default";

  private static final Duration LEASE = Duration.ofDays(10_000);
  static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00.123456Z");

  private final Random random;
  private final Timeline timeline = Timeline.free();
  private final VirtualProcess process = new VirtualProcess();
  private final VirtualMachine machine;
  private final MemoryStorage storage;
  private final IdSource ids;
  private final RunId run;
  private final Set<String> messages = new LinkedHashSet<>();
  private final Set<String> watched = new LinkedHashSet<>();
  private int batches;
  private int tokens;
  private Runnable meanwhile = () -> {};

  Stage(long seed) {
    this(seed, null);
  }

  /**
   * @param deadline of the run that is played
   */
  Stage(long seed, @Nullable Instant deadline) {
    this.random = new Random(seed);
    this.machine = VirtualMachine.exact(timeline, process, BEGIN, seed);
    this.storage = new MemoryStorage(machine::instant);
    this.ids = IdSource.of(machine);
    this.run = ids.run();
    create(ids.run(), null, List.of(new Draft("hook_of_another", BEGIN, hook(TAKEN))));
    create(run, deadline, List.of());
  }

  private static Fact hook(String token) {
    return new Fact.HookCreated(null, token, null, null);
  }

  private void create(RunId id, @Nullable Instant deadline, List<Draft> more) {
    List<Draft> drafts = new ArrayList<>();
    drafts.add(
        new Draft(
            null,
            BEGIN,
            new Fact.RunCreated(
                    Interpreter.TYPE.name(),
                    "build",
                    1,
                    TASK_QUEUE,
                    Payload.json("\"input\""),
                    null,
                    null,
                    Map.of(),
                    null)
                .until(deadline)));
    drafts.addAll(more);
    AppendResult unused = append(Authority.ANYONE, new Target.OfRun(id), drafts);
  }

  Random random() {
    return random;
  }

  /** The machine of a worker whose clock is off by that much. */
  Machine machine(Duration skew) {
    return VirtualMachine.exact(timeline, process, BEGIN.plus(skew), 0);
  }

  /** What time it is for the store. */
  Instant now() {
    return machine.instant();
  }

  /** Time passes. */
  void pass(Duration time) {
    timeline.moveTo(timeline.now() + time.toNanos());
  }

  MemoryStorage storage() {
    return storage;
  }

  RunId run() {
    return run;
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  String freshBatchId() {
    return "btch_" + batches++;
  }

  RunId freshRunId() {
    return ids.run();
  }

  String freshToken() {
    return "secret-" + tokens++;
  }

  /** Registers a worker that lives until it is retired. */
  WorkerId worker() {
    WorkerId worker = ids.worker();
    storage.register(worker, "build", LEASE);
    return worker;
  }

  List<Event> history(long after) {
    return storage.history(run, after, 10_000);
  }

  /** The whole log. */
  List<Event> log() {
    return history(0);
  }

  boolean reschedule(WorkerId worker, RunId id, long epoch, long seen, Due due) {
    return storage.reschedule(worker, id, epoch, seen, due);
  }

  /** What somebody may do just before a statement of the owner reaches the store. */
  void meanwhile(Runnable action) {
    meanwhile = action;
  }

  void meanwhile() {
    meanwhile.run();
  }

  /** The worker remembers that it has sent a message; until it is lost itself. */
  void watch(String stepId) {
    watched.add(stepId);
  }

  void unwatch(String stepId) {
    watched.remove(stepId);
  }

  void unwatchAll() {
    watched.clear();
  }

  /** The messages that were sent and are not there any more. */
  List<String> missed() {
    return watched.stream().filter(id -> !messages.contains(id)).toList();
  }

  void message(String stepId) {
    messages.add(stepId);
  }

  /** Queued steps that wait for somebody to take them. */
  List<String> messages() {
    return List.copyOf(messages);
  }

  void lose(String stepId) {
    messages.remove(stepId);
  }

  /** Appends for somebody who is not the owner. */
  AppendResult append(Authority authority, Target target, List<Draft> drafts) {
    return append(new Batch(freshBatchId(), target, authority, null, drafts));
  }

  AppendResult append(Batch batch) {
    return storage.append(List.of(batch)).getFirst();
  }

  /** Appends one event for somebody who is not the owner. */
  AppendResult append(Authority authority, @Nullable String about, Fact fact) {
    return append(authority, new Target.OfRun(run), List.of(new Draft(about, now(), fact)));
  }

  /** Sends a payload to whoever listens under a token. */
  AppendResult resume(String token, String payload) {
    return resumeWith(token, Payload.json('"' + payload + '"'));
  }

  /** The same with any payload. */
  AppendResult resumeWith(String token, @Nullable Payload payload) {
    Draft draft = new Draft(null, now(), new Fact.HookReceived(payload));
    return append(Authority.ANYONE, new Target.OfHook(token), List.of(draft));
  }

  void check(boolean holds, String fault) {
    if (!holds) {
      throw new AssertionError(fault);
    }
  }

  <T> T require(@Nullable T value, String fault) {
    if (value == null) {
      throw new AssertionError(fault);
    }
    return value;
  }
}
