package dev.fantasticfour.world.core.engine.run;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.RunCustody;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.rules.Protocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One made-up workflow, executed once with everything in the way that can be: the order of all that
 * happens comes from the seed, and after every turn the log is told again to fresh code, which must
 * have done and met exactly the same.
 */
final class TranscriptGame {

  private static final PayloadCodec CODEC = new JacksonPayloadCodec();
  private static final int WILD_MOVES = 400;
  private static final int MOST_MOVES = 20_000;

  private final Stage stage;
  private final List<Op> script;
  private final Outsiders outsiders;
  private final Agreement agreement;
  private final List<RunExecution> all = new ArrayList<>();
  private final List<ScriptedHost> lost = new ArrayList<>();
  private @Nullable RunExecution execution;
  private @Nullable ScriptedHost host;
  private WorkerId worker;
  private Interpreter code;
  private boolean refused;
  private boolean calm;

  TranscriptGame(long seed) {
    this.stage = new Stage(seed);
    this.script = new ScriptMaker(seed).script();
    this.code = new Interpreter(script);
    this.outsiders = new Outsiders(stage);
    this.agreement = new Agreement(stage, script);
    this.worker = stage.worker();
    stage.meanwhile(
        () -> {
          if (stage.chance(20)) {
            AppendResult unheard = outsiders.act(calm);
          }
        });
  }

  /** Plays until the run has ended; returns how often live and retold were compared. */
  int play() {
    try {
      for (int moves = 0; !hasEnded(); moves++) {
        calm = moves > WILD_MOVES;
        stage.check(moves < MOST_MOVES, "it does not come to an end; " + state());
        move();
      }
      agreement.atTheEnd();
      return agreement.comparisons();
    } finally {
      all.forEach(RunExecution::detach);
    }
  }

  List<Event> log() {
    return stage.log();
  }

  List<Op> script() {
    return script;
  }

  private String state() {
    ScriptedHost current = host;
    return current == null
        ? "nobody executes it, " + stage.storage().run(stage.run())
        : "turns "
            + current.hasTurn()
            + ", sent "
            + (current.sent() != null)
            + ", parked "
            + current.isParked()
            + ", alarm "
            + current.alarm()
            + " at "
            + stage.now()
            + ", messages "
            + stage.messages();
  }

  private boolean hasEnded() {
    return stage.storage().run(stage.run()).orElseThrow().status().isFinal();
  }

  private void move() {
    int kind = stage.random().nextInt(100);
    if (kind < 30) {
      turn();
    } else if (kind < 50) {
      answer();
    } else if (kind < 65) {
      body();
    } else if (kind < 75) {
      pass();
    } else if (kind < 90) {
      outsider();
    } else if (kind < 96) {
      sweep();
    } else if (!calm) {
      trouble();
    }
  }

  private void turn() {
    lost.forEach(this::goOnBlindly);
    ScriptedHost current = host;
    if (current == null || !current.hasTurn()) {
      return;
    }
    current.turn();
    stage.check(current.stalled() == null, "stands: " + current.stalled());
    if (current.hasLeft()) {
      host = null;
      execution = null;
    } else if (!current.hasTurn() && current.sent() == null) {
      agreement.whileWaiting(code);
    }
  }

  /** The store takes the batch in flight; now and then its answer is lost and it is sent again. */
  private void answer() {
    ScriptedHost current = host;
    ScriptedHost.Sent sent = current == null ? null : current.sent();
    if (current == null || sent == null) {
      return;
    }
    AppendResult result = stage.append(sent.batch());
    if (result instanceof AppendResult.Appended appended && !appended.events().isEmpty()) {
      agreement.afterBatch(code, refused);
      refused = false;
    }
    if (!(result instanceof AppendResult.Appended) || calm || stage.chance(85)) {
      refused = result instanceof AppendResult.Stale;
      current.answer(result);
    }
  }

  private void body() {
    ScriptedHost current = host;
    if (current == null || current.bodies().isEmpty()) {
      return;
    }
    ScriptedHost.Body body = stage.any(current.bodies());
    if (stage.chance(10)) {
      current.runsLong(body);
    } else {
      current.finish(body, outsiders.resultOf(body.name(), calm));
    }
  }

  /** Time passes: a little, or until the alarm; then the alarm rings. */
  private void pass() {
    ScriptedHost current = host;
    RunExecution running = execution;
    stage.pass(Duration.ofNanos(stage.random().nextInt(3_000_000)));
    if (current == null || running == null) {
      stage.pass(Duration.ofMillis(stage.random().nextInt(2_000)));
      return;
    }
    if (current.alarm() != null && stage.chance(60)) {
      Duration left = Duration.between(stage.now(), current.alarm());
      if (!left.isNegative()) {
        stage.pass(left);
      }
    }
    if (current.alarm() != null && !current.alarm().isAfter(stage.now())) {
      current.ring(running);
    }
  }

  /** Somebody else appends; word of it arrives with the events, without them, or not at all. */
  private void outsider() {
    AppendResult result = outsiders.act(calm);
    if (!(result instanceof AppendResult.Appended appended) || appended.events().isEmpty()) {
      return;
    }
    int word = stage.random().nextInt(10);
    RunExecution running = execution;
    if (running == null) {
      if (word < 6) {
        claim();
      }
    } else if (word < 4) {
      running.tell(appended.events());
    } else if (word < 8) {
      running.nudge();
    }
  }

  /**
   * What every node does each second: looks for what is due and attended by nobody, for runs that
   * have lost their owner, and for messages that were lost.
   */
  private void sweep() {
    RunExecution running = execution;
    Work work = new Work("default", Set.of(Interpreter.TYPE.name())).reading(Protocol.SPEC_VERSION);
    boolean due = isIn(stage.storage().due(worker, work, Duration.ZERO, 10));
    boolean isOrphan = isIn(stage.storage().unwatched(worker, work, 10));
    List<String> missed = stage.missed();
    if (running == null) {
      missed.forEach(stage::unwatch);
      if (due || isOrphan || !missed.isEmpty()) {
        claim();
      }
      return;
    }
    missed.forEach(running::unsent);
    if (due && running.presence().isParked()) {
      running.nudge();
    }
  }

  private boolean isIn(List<RunCustody.DueRun> runs) {
    return runs.stream().anyMatch(due -> due.run().equals(stage.run()));
  }

  private void claim() {
    List<RunCustody.Claimed> claimed =
        stage.storage().claim(worker, Work.ofAll(Stage.TASK_QUEUE), List.of(stage.run()));
    stage.check(claimed.size() == 1, "a run that nobody owns cannot be claimed");
    Duration skew = Duration.ofMillis(stage.random().nextInt(5) - 2L);
    ScriptedHost fresh = new ScriptedHost(stage, worker, skew);
    code = new Interpreter(script);
    RunExecution begun =
        new RunExecution(
            fresh::of, stage.run(), claimed.getFirst().run().epoch(), code.definition(), CODEC);
    all.add(begun);
    host = fresh;
    execution = begun;
    refused = false;
    begun.begin(stage.log());
  }

  private void trouble() {
    ScriptedHost current = host;
    RunExecution running = execution;
    if (current == null || running == null) {
      return;
    }
    int kind = stage.random().nextInt(10);
    if (kind < 3) {
      running.evict();
    } else if (kind < 6) {
      crash(current);
    }
  }

  /** The process is lost, with or without the batch it sent; what is left of it goes on blindly. */
  private void crash(ScriptedHost current) {
    ScriptedHost.Sent sent = current.sent();
    if (sent != null && stage.chance(50)) {
      AppendResult unused = stage.append(sent.batch());
    }
    stage.storage().retire(current.worker());
    if (stage.chance(50)) {
      current.cutOff();
    }
    lost.add(current);
    stage.unwatchAll();
    worker = stage.worker();
    host = null;
    execution = null;
  }

  /** An owner that was declared dead does not know it yet; the store must refuse all it says. */
  private void goOnBlindly(ScriptedHost dead) {
    ScriptedHost.Sent sent = dead.sent();
    if (sent != null && stage.chance(30)) {
      AppendResult result = stage.append(sent.batch());
      stage.check(!(result instanceof AppendResult.Appended), "a dead owner was believed");
      dead.answer(result);
    } else if (dead.hasTurn() && stage.chance(50)) {
      dead.turn();
    } else if (!dead.bodies().isEmpty() && stage.chance(10)) {
      dead.finish(stage.any(dead.bodies()), outsiders.resultOf("late", true));
    }
  }
}
