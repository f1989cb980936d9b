package dev.fantasticfour.world.core.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.workflow.Inbox;
import dev.fantasticfour.world.api.workflow.SignalType;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What tells a workflow that lives long when to go on in another run. */
class HistoryTest extends Worlds {

  private static final SignalType<String> WORD = SignalType.of("word", String.class);

  private static final int MEBIBYTE = 1024 * 1024;

  @Test
  void aHistoryIsAsLargeAsTheResultsAndMessagesThatTheCodeWasToldOf() {
    WorldClient client =
        with(
            (ctx, in) -> {
              long begun = ctx.historySize();
              String unused = ctx.step("s", String.class, s -> "12345678");
              long stepped = ctx.historySize();
              ctx.sleep(Duration.ofMillis(1));
              long slept = ctx.historySize();
              String word = ctx.signals(WORD).await();
              return begun + " " + stepped + " " + slept + " " + ctx.historySize() + word;
            });
    Run<String> run = client.start(TYPE, "an input that does not count");
    Eventually.is(() -> log(run).contains("wait_completed"));
    client.signal(WORD, run, "!");

    assertThat(run.result(SOON)).as("in JSON, with quotes").isEqualTo("0 10 10 13!");
  }

  @Test
  void aHistoryIsTheSameInEveryReplay() {
    List<List<Long>> executions = new CopyOnWriteArrayList<>();
    Workflow<String, String> counting =
        (ctx, in) -> {
          List<Long> seen = new CopyOnWriteArrayList<>();
          executions.add(seen);
          Inbox<String> words = ctx.signals(WORD);
          for (String word = words.await(); !word.isEmpty(); word = words.await()) {
            String said = word;
            seen.add(ctx.historySize() + 1_000_000L * ctx.historyLength());
            String unused = ctx.step("s", String.class, s -> said + said);
            seen.add(ctx.historySize() + 1_000_000L * ctx.historyLength());
          }
          return "done";
        };
    WorldClient client = with(WorldConfig.inMemory().withMaxParkedThreads(0), counting, w -> {});
    Run<String> run = client.start(TYPE, "");
    AtomicInteger words = new AtomicInteger();
    Eventually.is(
        () -> {
          int number = words.incrementAndGet();
          client.signal(WORD, run, "word " + number);
          Eventually.is(() -> !executions.isEmpty() && executions.getLast().size() == 2 * number);
          return executions.size() > 3;
        });
    client.signal(WORD, run, "");

    assertThat(run.result(SOON)).isEqualTo("done");
    List<Long> last = executions.getLast();
    assertThat(last).hasSize(2 * words.get()).isSorted().doesNotHaveDuplicates();
    for (List<Long> execution : executions) {
      assertThat(new ArrayList<>(execution)).isEqualTo(last.subList(0, execution.size()));
    }
  }

  @Test
  void aRunShouldGoOnInAnotherWhenItsHistoryIsLarge() {
    String large = "x".repeat(MEBIBYTE);
    WorldClient client =
        with(
            (ctx, in) -> {
              int steps = 0;
              while (!ctx.shouldContinue()) {
                String unused = ctx.step("s", String.class, s -> large);
                steps++;
              }
              return Integer.toString(steps);
            });

    assertThat(client.start(TYPE, "").result(SOON))
        .isEqualTo(Long.toString(WorkflowContext.LARGE_HISTORY / MEBIBYTE));
  }
}
