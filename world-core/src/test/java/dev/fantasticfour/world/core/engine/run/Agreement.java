package dev.fantasticfour.world.core.engine.run;

import static dev.fantasticfour.world.core.engine.run.Transcript.difference;

import dev.fantasticfour.world.api.error.Failure;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.engine.replay.Replay;
import dev.fantasticfour.world.core.engine.replay.Verdict;
import dev.fantasticfour.world.core.rules.LogGrammar;
import dev.fantasticfour.world.core.rules.RunFold;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares what code did live with what fresh code does when it is told the log. */
final class Agreement {

  private static final PayloadCodec CODEC = new JacksonPayloadCodec();

  private final Stage stage;
  private final List<Op> script;
  private int comparisons;

  Agreement(Stage stage, List<Op> script) {
    this.stage = stage;
    this.script = script;
  }

  /** How often both were compared. */
  int comparisons() {
    return comparisons;
  }

  /** A batch was accepted: told again up to it, the code has done exactly what it did live. */
  void afterBatch(Interpreter code, boolean refused) {
    try (Retold retold = new Retold(script, stage.log())) {
      check(retold, "after a batch");
      if (!refused) {
        stage.check(!retold.asksForMore(), "told again, it asks for more than is recorded");
        same(code, retold);
      }
      retold.answer();
      check(retold, "after the answers to a batch");
      stage.check(refused || !retold.showsMore(), "told again, it shows more than is recorded");
    }
  }

  /** Nothing is in flight: live, some of the events that no batch has seen were told too. */
  void whileWaiting(Interpreter code) {
    try (Retold retold = new Retold(script, stage.log())) {
      retold.answer();
      Map<String, List<String>> live = code.latest().copy();
      Map<String, List<String>> first = retold.transcript();
      boolean same = live.equals(first);
      while (!same && retold.tellUntold()) {
        same = live.equals(retold.transcript());
      }
      check(retold, "while it waits");
      comparisons++;
      stage.check(same, "told again, it is elsewhere while it waits:" + difference(live, first));
    }
  }

  private void same(Interpreter code, Retold retold) {
    comparisons++;
    Map<String, List<String>> live = code.latest().copy();
    Map<String, List<String>> told = retold.transcript();
    stage.check(live.equals(told), "told again, it did something else:" + difference(live, told));
  }

  private void check(Retold retold, String when) {
    stage.check(retold.standstill() == null, when + ": " + retold.standstill());
  }

  /**
   * The log is legal, the views are its fold, and told again it ends the same; stopped behind any
   * batch, the code asks for what is recorded next.
   */
  void atTheEnd() {
    List<Event> log = stage.log();
    stage.check(LogGrammar.faults(log).isEmpty(), "grammar: " + LogGrammar.faults(log));
    if (log.getLast().fact() instanceof RunFact.Continued continued) {
      List<Event> next = stage.storage().history(new RunId(continued.nextRun()), 0, 10_000);
      stage.check(LogGrammar.faults(next).isEmpty(), "successor: " + LogGrammar.faults(next));
    }
    RunRecord view = stage.storage().run(stage.run()).orElseThrow();
    RunFold all = RunFold.of(log);
    RunRecord fold = all.run().orElseThrow();
    stage.check(
        log.getLast().fact() instanceof RunFact.Continued
            || all.shown().updates().values().stream()
                .allMatch(update -> update.status().isFinal()),
        "an update has no answer");
    stage.check(RunFold.factsOf(view).equals(RunFold.factsOf(fold)), "the view is not the fold");
    Verdict verdict =
        new Replay(new Interpreter(script).definition(), CODEC, Thread.ofVirtual()::unstarted, log)
            .everywhere();
    stage.check(verdict.agrees(), "replayed behind every batch: " + verdict);
    if (log.getLast().byOwner()) {
      try (Retold retold = new Retold(script, log)) {
        retold.answer();
        check(retold, "at the end");
        stage.check(
            sameEnd(log.getLast().fact(), retold.end()),
            "ended with " + log.getLast().fact() + ", told again with " + retold.end());
      }
    }
  }

  /**
   * Stack traces differ between live and retold code; what was thrown does not. Nor is it retold
   * over which signals it ended.
   */
  private static boolean sameEnd(Fact live, @Nullable Fact retold) {
    if (live instanceof Fact.RunCompleted a && retold instanceof Fact.RunCompleted b) {
      return Objects.equals(a.output(), b.output());
    }
    if (live instanceof Fact.RunCancelled a && retold instanceof Fact.RunCancelled b) {
      return Objects.equals(a.reason(), b.reason());
    }
    if (live instanceof Fact.RunFailed a && retold instanceof Fact.RunFailed b) {
      Failure first = CODEC.decodeFailure(a.error());
      Failure second = CODEC.decodeFailure(b.error());
      return first.type().equals(second.type())
          && first.message().equals(second.message())
          && Objects.equals(a.errorCode(), b.errorCode());
    }
    return live instanceof RunFact.Continued a && retold instanceof RunFact.Continued b
        ? a.carried().equals(b.carried())
        : live.equals(retold);
  }
}
