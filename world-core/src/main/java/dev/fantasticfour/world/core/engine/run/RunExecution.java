package dev.fantasticfour.world.core.engine.run;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.engine.dispatch.Strand;
import dev.fantasticfour.world.core.engine.replay.Delivery;
import dev.fantasticfour.world.core.engine.replay.Divergence;
import dev.fantasticfour.world.core.engine.replay.Recorded;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.Target;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Executes one owned run in turns (design, "Turn"): tells its code what has happened, one event at
 * a time, appends what the code asked for in one batch, and starts bodies when what they depend on
 * is committed. At most one batch is in flight; whatever happens meanwhile waits for the next turn.
 *
 * <p><b>Concurrency.</b> The public methods only leave a signal and may be called by any thread;
 * signals are worked off by one thread at a time.
 */
public final class RunExecution {

  private final Host host;
  private final RunId run;
  private final long epoch;
  private final Definition<?, ?> definition;
  private final PayloadCodec codec;
  private final ConcurrentLinkedQueue<Signal> inbox = new ConcurrentLinkedQueue<>();
  private final AtomicInteger signals = new AtomicInteger();

  private final LogTail tail = new LogTail();
  private final Deque<Event> answers = new ArrayDeque<>();
  private final Deque<Signal.Finished> finished = new ArrayDeque<>();
  private final Bodies bodies;
  private final Runnable alarm = this::alarm;
  private final CompletableFuture<Void> gone = new CompletableFuture<>();
  private volatile @Nullable Strand strand;
  private @Nullable Program program;
  private @Nullable Batch inFlight;
  private @Nullable String standsBecause;
  private Due storedDue = Due.NOW;
  private boolean mustRead;
  private boolean mustReload;
  private boolean alarmed;
  private boolean leaving;
  private boolean warnedOfLength;
  private volatile boolean parked;
  private volatile boolean over;
  private volatile boolean usedStreams;

  /**
   * @param epoch of the claim it executes under
   */
  public RunExecution(
      Host host, RunId run, long epoch, Definition<?, ?> definition, PayloadCodec codec) {
    this.host = host;
    this.run = run;
    this.epoch = epoch;
    this.definition = definition;
    this.codec = codec;
    this.bodies = new Bodies(host, this);
    // What earlier owners wrote to is not known here.
    this.usedStreams = epoch > 1;
  }

  /** The run. */
  public RunId run() {
    return run;
  }

  /** The epoch it executes under. */
  public long epoch() {
    return epoch;
  }

  /** The name of the workflow. */
  public String workflow() {
    return definition.name();
  }

  /** Whether it only waits for something outside. */
  public boolean isParked() {
    return parked;
  }

  /** Whether it is over here. */
  public boolean isOver() {
    return over;
  }

  /** Whether the run may have streams that its end has to end. */
  public boolean usedStreams() {
    return usedStreams;
  }

  /** A body is about to write to a stream of the run. */
  public void streamUsed() {
    usedStreams = true;
  }

  /** How many threads its branches hold. */
  public int threads() {
    Strand current = strand;
    return current == null ? 0 : current.alive();
  }

  /** The strand, to see whether its threads have gone. */
  public @Nullable Strand strand() {
    return strand;
  }

  /** Begins, with the whole log so far. */
  public void begin(List<Event> log) {
    signal(new Signal.Begin(log));
  }

  /** A body has come to a result. */
  public void finished(String stepId, int attempt, StepResult result) {
    signal(new Signal.Finished(stepId, attempt, result));
  }

  /** A body has been running for long. */
  public void runsLong(String stepId, int attempt) {
    signal(new Signal.RunsLong(stepId, attempt));
  }

  /** The alarm that was set with {@link Host#alarmAt}. */
  public void alarm() {
    signal(new Signal.Alarm());
  }

  /** {@link #alarm()}, always the same object: one execution, one alarm. */
  public Runnable alarmed() {
    return alarm;
  }

  /** Events that were appended by others. */
  public void tell(List<Event> events) {
    signal(new Signal.Told(events));
  }

  /** Something was appended. */
  public void nudge() {
    signal(new Signal.Nudged());
  }

  /** Gives the threads back if it is only waiting. */
  public void evict() {
    signal(new Signal.Evict());
  }

  /** Stops executing the run here. */
  public void detach() {
    signal(new Signal.Detach());
    Strand current = strand;
    if (current != null) {
      // Code that holds up its turn must not hold up the end of the ownership too.
      current.detach();
    }
  }

  /**
   * Stops executing the run here as soon as everything that bodies have come to is recorded.
   *
   * @return done when it is over here
   */
  public CompletableFuture<Void> detachWhenRecorded() {
    signal(new Signal.Leave());
    return gone;
  }

  private void signal(Signal signal) {
    inbox.add(signal);
    if (signals.getAndIncrement() == 0) {
      host.execute(this::work);
    }
  }

  private void work() {
    int handled = signals.get();
    do {
      try {
        for (Signal next = inbox.poll(); next != null; next = inbox.poll()) {
          take(next);
        }
        advance();
      } catch (RuntimeException | Error e) {
        host.warn(this, "its turn failed; it is given up here and continued from its log", e);
        leave();
      }
      handled = signals.addAndGet(-handled);
    } while (handled != 0);
  }

  private void take(Signal signal) {
    if (over) {
      return;
    }
    switch (signal) {
      case Signal.Begin begin -> load(begin.log());
      case Signal.Finished result -> finished.add(result);
      case Signal.RunsLong running -> bodies.recordStart(running.stepId(), running.attempt());
      case Signal.Alarm alarm -> alarmed = true;
      case Signal.Told told -> {
        tail.told(told.events());
        storedDue = Due.NOW;
      }
      case Signal.Nudged nudged -> {
        mustRead = true;
        storedDue = Due.NOW;
      }
      case Signal.Answered answered -> answered(answered);
      case Signal.Evict evict -> {
        if (parked && !hasNews()) {
          leave();
        }
      }
      case Signal.Leave leave -> leaving = true;
      case Signal.Detach detach -> leave();
    }
  }

  private boolean hasNews() {
    return inFlight != null
        || mustRead
        || alarmed
        || tail.hasUntold()
        || tail.hasGap()
        || !finished.isEmpty()
        || !answers.isEmpty();
  }

  /** Brings what is known up to date and takes a turn, unless a batch is in flight. */
  private void advance() {
    if (over || inFlight != null) {
      return;
    }
    if (leaving && finished.isEmpty()) {
      leave();
      return;
    }
    if (mustReload) {
      mustReload = false;
      mustRead = false;
      load(host.history(run, 0));
    } else if (mustRead || tail.hasGap()) {
      mustRead = false;
      tail.follow(host.history(run, tail.known()));
    }
    Program current = program;
    if (tail.isTerminated()) {
      end(false);
    } else if (current != null) {
      turn(current);
    }
  }

  /** Builds the code up from its log. */
  private void load(List<Event> log) {
    if (!(log.getFirst().fact() instanceof Fact.RunCreated created)) {
      throw new IllegalStateException("the log of run " + run + " does not begin with run_created");
    }
    Delivery.Order order = Delivery.of(log);
    Recorded recorded = new Recorded(log);
    Ledger ledger = new Ledger(run, recorded, log.getFirst().occurredAt());
    Strand fresh = new Strand(run.value(), host::thread, this::warnBlocked);
    strand = fresh;
    Program loaded = new Program(run, definition, fresh, ledger, codec, host::secretToken);
    program = loaded;
    tail.begin(log.getLast().position(), order.untold());
    answers.clear();
    standsBecause = null;
    if (log.stream().noneMatch(e -> e.fact() instanceof Fact.RunStarted)) {
      ledger.wallClock(host.now());
      ledger.write(null, new Fact.RunStarted(null));
    }
    Payload input = created.input();
    boolean begunBefore =
        log.stream().anyMatch(e -> e.byOwner() && !(e.fact() instanceof Fact.RunStarted));
    loaded.begin(input, begunBefore);
    for (Event event : order.told()) {
      if (loaded.standstill() != null) {
        break;
      }
      tell(loaded, event);
    }
    loaded.endReplay();
    bodies.adopt(loaded.steps());
  }

  private void turn(Program current) {
    current.ledger().wallClock(host.now());
    tellAll(current);
    String standstill = current.standstill();
    if (standstill != null) {
      standAfterOutcomes(current, standstill);
      return;
    }
    if (current.isDetached()) {
      leave();
      return;
    }
    bodies.interrupt(current.steps().takeInterrupted());
    Fact end = current.end();
    if (end != null) {
      current.ledger().write(null, end);
    }
    List<Draft> drafts = current.ledger().take();
    bodies.planMessages(current);
    if (drafts.isEmpty()) {
      bodies.start(current.steps());
      settle(current);
      return;
    }
    // Code that awaits the store's answer goes on as soon as it is committed, whoever is there
    // then.
    boolean awaitsAnswer = drafts.stream().anyMatch(d -> d.fact().type() == EventType.HOOK_CREATED);
    Due due = awaitsAnswer ? Due.NOW : due(current);
    append(new Authority.Owner(host.worker(), epoch, tail.seen(), due), drafts);
  }

  private void tellAll(Program current) {
    for (Event answer = answers.poll();
        goesOn(current) && answer != null;
        answer = answers.poll()) {
      tell(current, answer);
    }
    for (Event event = next(current); event != null; event = next(current)) {
      tell(current, event);
    }
    bodies.recognise(current.steps());
    // What bodies came to is recorded even if the code cannot be told of it now.
    while ((goesOn(current) || current.standstill() != null) && !finished.isEmpty()) {
      bodies.finish(current, finished.remove());
    }
    if (alarmed && goesOn(current)) {
      alarmed = false;
      bodies.alarm(current, current.ledger().clock());
    }
    bodies.writeStarts(current);
  }

  private @Nullable Event next(Program current) {
    return goesOn(current) ? tail.next() : null;
  }

  private static boolean goesOn(Program current) {
    return current.standstill() == null && !current.isDetached();
  }

  private static void tell(Program current, Event event) {
    current.tell(
        event.correlationId(),
        event.fact(),
        event.occurredAt(),
        () -> Divergence.notAsked(event, current.ledger().recordOf(event.correlationId())));
  }

  /** All is committed and nothing is left to tell: what remains is to wait. */
  private void settle(Program current) {
    Instant alarm = bodies.nextAlarm(current);
    host.alarmAt(this, alarm);
    boolean waits = !bodies.anyRunning();
    if (waits) {
      Due wanted = due(current);
      if (!wanted.equals(storedDue)) {
        if (!host.reschedule(run, epoch, tail.seen(), wanted)) {
          leave();
          return;
        }
        storedDue = wanted;
      }
    }
    if (parked != waits) {
      parked = waits;
      host.parked(this, waits);
    }
  }

  private Due due(Program current) {
    if (current.hasEnded()) {
      return usedStreams ? Due.NOW : Due.NEVER;
    }
    if (bodies.anyToRun(current.steps())) {
      return Due.NOW;
    }
    Instant alarm = bodies.nextAlarm(current);
    return alarm == null ? Due.NEVER : new Due.At(alarm);
  }

  private void append(Authority.Owner authority, List<Draft> drafts) {
    Batch batch = new Batch(host.batchId(), new Target.OfRun(run), authority, null, drafts);
    inFlight = batch;
    if (parked) {
      parked = false;
      host.parked(this, false);
    }
    host.append(batch)
        .whenComplete((result, failure) -> signal(new Signal.Answered(result, failure)));
  }

  private void answered(Signal.Answered answered) {
    Batch batch = inFlight;
    inFlight = null;
    AppendResult result = answered.result();
    if (batch == null || result == null) {
      if (answered.failure() != null && !host.isClosing()) {
        stand("an append failed: " + answered.failure().getMessage());
      } else {
        leave();
      }
      return;
    }
    switch (result) {
      case AppendResult.Appended appended -> committed(batch, appended.events(), appended.unseen());
      case AppendResult.Repeated repeated -> committed(batch, repeated.events(), repeated.unseen());
      case AppendResult.Stale stale -> stale(batch, stale.missing());
      case AppendResult.Fenced fenced -> leave();
      case AppendResult.Closed closed -> end(false);
      case AppendResult.Conflict refused ->
          stand("the store refused " + batch.id() + ": " + refused);
      case AppendResult.NotFound refused ->
          stand("the store refused " + batch.id() + ": " + refused);
      case AppendResult.TooEarly refused ->
          stand("the store refused " + batch.id() + ": " + refused);
      case AppendResult.Busy busy -> stand("the store answered Busy to a single batch");
    }
  }

  private void committed(Batch batch, List<Event> own, List<Event> unseen) {
    tail.committed(own, unseen);
    storedDue = unseen.isEmpty() ? ((Authority.Owner) batch.authority()).due() : Due.NOW;
    own.stream().filter(e -> Delivery.roleOf(e) == Delivery.Role.ANSWER).forEach(answers::add);
    warnOfLength();
    Program current = program;
    if (standsBecause != null) {
      stand(standsBecause);
      return;
    }
    if (mustReload || current == null) {
      return;
    }
    if (own.stream().anyMatch(e -> e.type().endsRun())) {
      end(true);
      return;
    }
    // All that was asked for before this batch is in it: its bodies need not wait for what follows.
    bodies.start(current.steps());
  }

  /**
   * The code decided without knowing events that change what it may decide. Nothing of its decision
   * was recorded; its own outcomes are kept, now after those events, and the code is built up again
   * from the log.
   */
  private void stale(Batch batch, List<Event> missing) {
    Strand old = strand;
    if (old != null) {
      old.detach();
    }
    program = null;
    mustReload = true;
    List<Draft> outcomes = Bodies.outcomesOf(batch.drafts(), missing);
    if (!outcomes.isEmpty()) {
      long seen = missing.getLast().position();
      append(new Authority.Owner(host.worker(), epoch, seen, Due.NOW), outcomes);
    }
  }

  /** Before the run stands, what its bodies came to is recorded, lest they run again. */
  private void standAfterOutcomes(Program current, String reason) {
    List<Draft> outcomes = Bodies.outcomesOf(current.ledger().take(), List.of());
    if (outcomes.isEmpty()) {
      stand(reason);
      return;
    }
    standsBecause = reason;
    append(new Authority.Owner(host.worker(), epoch, tail.seen(), Due.NOW), outcomes);
  }

  private void stand(String reason) {
    host.stall(this, tail.known(), reason);
    leave();
  }

  private void end(boolean byItself) {
    over = true;
    stop();
    host.ended(this, byItself);
    gone.complete(null);
  }

  private void leave() {
    if (!over) {
      over = true;
      stop();
      host.gone(this);
      gone.complete(null);
    }
  }

  private void stop() {
    host.alarmAt(this, null);
    bodies.interruptAll();
    Strand current = strand;
    if (current != null && current.alive() > 0) {
      current.detach();
    }
  }

  private void warnOfLength() {
    if (!warnedOfLength && tail.known() > host.historyWarning()) {
      warnedOfLength = true;
      host.warn(
          this,
          "its history has passed "
              + host.historyWarning()
              + " events; end the run and start a successor",
          null);
    }
  }

  private void warnBlocked(long millis) {
    host.warn(
        this,
        "workflow code has blocked for "
            + millis
            + " ms outside its context; move the work into a step",
        null);
  }
}
