package dev.fantasticfour.world.core.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.run.StateRecord;
import dev.fantasticfour.world.api.workflow.Inbox;
import dev.fantasticfour.world.api.workflow.SignalType;
import dev.fantasticfour.world.api.workflow.StateType;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Signals and states, turn by turn. */
class SignalsInTurnsTest {

  private static final int SIGNALS = 20;
  private static final SignalType<String> ADD = SignalType.of("add", String.class);
  private static final StateType<Integer> COUNT = StateType.of("count", Integer.class);

  private static final Workflow<String, String> COLLECT =
      (ctx, in) -> {
        Inbox<String> inbox = ctx.signals(ADD);
        List<String> all = new ArrayList<>();
        while (all.size() < SIGNALS) {
          if (all.size() % 3 == 1) {
            inbox.await(Duration.ofHours(1)).ifPresent(all::add);
          } else {
            all.add(inbox.await());
          }
          ctx.publish(COUNT, all.size());
        }
        return String.join(",", all);
      };

  @Test
  @DisplayName("SIG-2 Eviction between any two of twenty signals changes nothing")
  void evictionBetweenSignalsChangesNothing() throws Exception {
    List<String> expected = played(-1);
    for (int evicted = 0; evicted < SIGNALS; evicted++) {
      assertThat(played(evicted)).as("evicted after %d", evicted).isEqualTo(expected);
    }
  }

  /** What it came to and the words of its log, of a run that was evicted after so many signals. */
  private static List<String> played(int evictedAfter) throws Exception {
    try (Rig rig = new Rig(COLLECT)) {
      for (int i = 0; i < SIGNALS; i++) {
        if (i == evictedAfter) {
          rig.evict();
          rig.load(COLLECT);
        }
        tell(rig, "s" + i);
      }
      List<String> all = new ArrayList<>(rig.words());
      all.add(rig.view().output().text());
      return all;
    }
  }

  @Test
  void aWarmOwnerReadsNothingForASignal() {
    try (Rig rig = new Rig(COLLECT)) {
      int reads = rig.host().reads();
      tell(rig, "a");

      assertThat(rig.host().reads()).isEqualTo(reads);
      assertThat(rig.words())
          .containsSubsequence("signal_received", "state_published", "wait_created");
    }
  }

  @Test
  void codeThatIsToldAgainShowsOnlyWhatIsNew() throws Exception {
    try (Rig rig = new Rig(COLLECT)) {
      tell(rig, "a");
      tell(rig, "b");
      List<String> before = rig.words();
      rig.evict();
      rig.load(COLLECT);

      assertThat(rig.words()).isEqualTo(before);
      assertThat(rig.host().timesPublished()).isZero();
      tell(rig, "c");
      assertThat(rig.host().timesPublished()).isEqualTo(1);
      assertThat(shown(rig).value()).isEqualTo(Payload.json("3"));
    }
  }

  @Test
  void codeThatWasChangedToShowSomethingElseShowsItAndGoesOn() throws Exception {
    Workflow<String, String> changed =
        (ctx, in) -> {
          ctx.publish(COUNT, 100);
          return ctx.signals(ADD).await() + ctx.signals(ADD).await();
        };
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              ctx.publish(COUNT, 1);
              return ctx.signals(ADD).await() + ctx.signals(ADD).await();
            })) {
      tell(rig, "a");
      rig.evict();
      rig.load(changed);

      assertThat(shown(rig).value()).isEqualTo(Payload.json("100"));
      tell(rig, "b");
      assertThat(rig.view().output()).isEqualTo(Payload.json("\"ab\""));
    }
  }

  @Test
  void whatIsSentIsRecordedOnceAndItsOwnerIsToldToBringItOver() throws Exception {
    Workflow<String, String> code =
        (ctx, in) -> {
          ctx.signal(ADD, ctx.runId(), "one");
          ctx.signal(ADD, ctx.runId(), "two");
          return ctx.signals(ADD).await() + ctx.signals(ADD).await();
        };
    try (Rig rig = new Rig(code)) {
      assertThat(rig.host().owed().values()).containsExactly(rig.stage().run(), rig.stage().run());
      rig.evict();
      rig.load(code);

      assertThat(rig.words().stream().filter(EventType.SIGNAL_SENT.word()::equals)).hasSize(2);
      rig.execution()
          .tell(
              rig.stage()
                  .storage()
                  .relay(java.util.Set.of(rig.stage().run()), 10)
                  .getFirst()
                  .events());
      rig.settle();
      assertThat(rig.view().output()).isEqualTo(Payload.json("\"onetwo\""));
    }
  }

  @Test
  @DisplayName("SIG-9 The end is refused over signals ten times in a row, and then stands")
  void theEndIsRefusedTenTimesAtMost() {
    try (Rig rig = new Rig((ctx, in) -> ctx.signals(ADD).await())) {
      append(rig, "first");
      rig.execution().nudge();
      int refused = 0;
      while (rig.view().status() == RunStatus.RUNNING && refused < 100) {
        rig.host().turn();
        while (rig.host().hasTurn()) {
          rig.host().turn();
        }
        if (rig.host().sent() != null) {
          // A sender at full speed: one more signal is always there before the end.
          append(rig, "more");
          AppendResult result = rig.stage().append(rig.host().sent().batch());
          refused += result instanceof AppendResult.Stale ? 1 : 0;
          rig.host().answer(result);
        }
      }

      assertThat(refused).isEqualTo(10);
      assertThat(rig.view().status()).isEqualTo(RunStatus.COMPLETED);
      assertThat(rig.view().dueAt()).isNull();
    }
  }

  private static void tell(Rig rig, String text) {
    rig.execution().tell(append(rig, text).events());
    rig.settle();
  }

  private static AppendResult.Appended append(Rig rig, String text) {
    return (AppendResult.Appended)
        rig.stage()
            .append(
                Authority.ANYONE,
                null,
                new RunFact.SignalReceived("add", null, Payload.json('"' + text + '"')));
  }

  private static StateRecord shown(Rig rig) {
    RunId run = rig.stage().run();
    return rig.stage().storage().state(run, "count").orElseThrow();
  }
}
