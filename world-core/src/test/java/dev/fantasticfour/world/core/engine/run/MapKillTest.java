package dev.fantasticfour.world.core.engine.run;

import static dev.fantasticfour.world.api.workflow.AtOnce.atOnce;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.core.rules.LogGrammar;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many items, a few at once, and a process that is killed in the middle. */
class MapKillTest {

  private static final int ITEMS = 5_000;
  private static final int AT_ONCE = 50;

  private final AtomicReference<TwoNodes> nodes = new AtomicReference<>();
  private final Set<Integer> second = ConcurrentHashMap.newKeySet();
  private final AtomicInteger most = new AtomicInteger();

  private Workflow<String, String> code(TwoNodes.Node node) {
    AtomicInteger begun = new AtomicInteger();
    return (ctx, in) -> {
      List<Integer> items = IntStream.range(0, ITEMS).boxed().toList();
      List<Integer> doubled =
          ctx.map(
              items,
              atOnce(AT_ONCE),
              (branch, item) -> {
                most.accumulateAndGet(begun.incrementAndGet(), Math::max);
                int result = branch.step("double", Integer.class, s -> work(node, item));
                begun.decrementAndGet();
                return result;
              });
      return String.valueOf(doubled.stream().mapToLong(Integer::longValue).sum());
    };
  }

  private int work(TwoNodes.Node node, int item) {
    if (node == TwoNodes.Node.SECOND) {
      second.add(item);
    } else if (item == ITEMS / 2) {
      nodes.get().kill();
    }
    return 2 * item;
  }

  @Test
  void onlyWhatWasNotRecordedRunsAgain() throws Exception {
    try (TwoNodes both = new TwoNodes(0, FaultLine.Fault.CRASH_BEFORE, this::code)) {
      nodes.set(both);
      RunRecord run = both.play();

      assertThat(run.output()).isEqualTo(Payload.json('"' + String.valueOf(sum()) + '"'));
      Set<Integer> recorded = items(both.before());
      assertThat(recorded).hasSizeBetween(ITEMS / 2 - AT_ONCE, ITEMS / 2 + AT_ONCE);
      assertThat(second).doesNotContainAnyElementsOf(recorded);
      assertThat(second.size() + recorded.size()).isBetween(ITEMS - AT_ONCE, ITEMS);
      assertThat(items(both.log(run.id()))).hasSize(ITEMS);
      assertThat(most.get()).isEqualTo(AT_ONCE);
      assertThat(LogGrammar.faults(both.log(run.id()))).isEmpty();
    }
  }

  private static long sum() {
    return (long) ITEMS * (ITEMS - 1);
  }

  /** The items whose steps are in the log as done. */
  private static Set<Integer> items(List<Event> log) {
    List<Integer> items = new ArrayList<>();
    for (Event event : log) {
      if (event.fact() instanceof Fact.StepCompleted completed) {
        items.add(Integer.parseInt(completed.site().branch().substring(1)));
      }
    }
    assertThat(items).doesNotHaveDuplicates();
    return new HashSet<>(items);
  }
}
