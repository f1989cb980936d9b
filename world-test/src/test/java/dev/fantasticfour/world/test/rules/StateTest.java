package dev.fantasticfour.world.test.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** State that outlives a run is found, and collections without an order are warned of. */
@SuppressWarnings("unused")
final class StateTest {

  @Test
  void staticFieldsThatChangeAreFound() {
    assertThat(Looking.wrongIn(Statics.class, Settings.class))
        .containsExactly(
            "Statics.counter",
            "Statics.counter",
            "Settings.limit",
            "Map.put()",
            "AtomicInteger.incrementAndGet()",
            "Statics.SLOTS");
    assertThat(Looking.violationsIn(Statics.class, Settings.class))
        .contains(
            Looking.placeOf(Statics.class, "run", "limit")
                + ": Settings.limit is a static field that changes, and replays find another value"
                + " there; take it from the input, or ask in ctx.step(…)",
            Looking.placeOf(Statics.class, "run", "put")
                + ": Map.put() is static, and is changed again in every replay; keep what belongs"
                + " to a run in local variables, and change what is shared in ctx.step(…)");
  }

  static final class Statics implements Workflow<String, String> {
    private static final Map<String, String> SEEN = new ConcurrentHashMap<>();
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final int[] SLOTS = new int[3];
    private static final List<String> NAMES = List.of("a");
    private static int counter;

    @Override
    public String run(WorkflowContext ctx, String input) {
      counter++;
      int limit = Settings.limit;
      SEEN.put(input, NAMES.getFirst());
      int number = NUMBERS.incrementAndGet();
      SLOTS[1] = number;
      return input + limit;
    }
  }

  @Test
  void aCollectionIsKnownWhateverIsWorkedOutForIt() {
    assertThat(Looking.wrongIn(WorksOut.class))
        .containsExactlyInAnyOrder("Map.put()", "Map.clear()");
  }

  /** Between the field and the call the code parts and meets again, and longs are moved about. */
  static final class WorksOut implements Workflow<Long, String> {
    private static final Map<String, Long> SEEN = new TreeMap<>();

    @Override
    public String run(WorkflowContext ctx, Long input) {
      long left = input;
      long[] counts = new long[2];
      SEEN.put(left > 3 && input < 9 ? "a" : "b" + (counts[1] += left), left++ + counts[0]--);
      Map<String, Long> same = SEEN;
      Map<String, Long> own = new TreeMap<>();
      own.put("a", left);
      same.clear();
      return "" + SEEN.get("a") + own;
    }
  }

  static final class Settings {
    static int limit = 3;
  }

  @Test
  void constantsAndLocalCollectionsAreNotFound() {
    assertThat(Looking.violationsIn(Constants.class)).isEmpty();
    assertThat(Looking.warningsIn(Constants.class)).isEmpty();
  }

  static final class Constants implements Workflow<String, String> {
    private static final Map<String, Integer> PRICES = Map.of("a", 1, "b", 2);

    private enum Size {
      SMALL,
      LARGE
    }

    @Override
    public String run(WorkflowContext ctx, String input) {
      List<String> sizes = new ArrayList<>();
      for (Size size : Size.values()) {
        sizes.add(
            switch (size) {
              case SMALL -> "s";
              case LARGE -> "l";
            });
      }
      int[] numbers = new int[3];
      numbers[1] = PRICES.get("a");
      assert numbers[1] > 0 : "no price";
      return ctx.step("use", String.class, step -> sizes + input + numbers[1]);
    }
  }

  @Test
  void fieldsOfTheWorkflowThatChangeAreWarnedOf() {
    assertThat(Looking.violationsIn(Remembers.class)).isEmpty();
    assertThat(Looking.warningsIn(Remembers.class))
        .containsExactly(
            Looking.placeOf(Remembers.class, "run", "last")
                + ": Remembers.last is a field that all runs share; keep what belongs to a run in"
                + " local variables");
  }

  static final class Remembers implements Workflow<String, String> {
    private String last = "";

    @Override
    public String run(WorkflowContext ctx, String input) {
      last = input;
      return input;
    }
  }

  @Test
  void goingThroughWhatHasNoOrderIsWarnedOf() {
    assertThat(Looking.violationsIn(Unordered.class)).isEmpty();
    assertThat(Looking.warningsIn(Unordered.class))
        .hasSize(6)
        .allMatch(line -> line.endsWith("use a List, a LinkedHashMap or a TreeMap, or sort first"));
    assertThat(Looking.warningsIn(Unordered.class).getFirst())
        .startsWith(
            Looking.placeOf(Unordered.class, "run", "iterator")
                + ": what Set.of made has no order that a replay could keep to, and the context is"
                + " called in this method;");
  }

  static final class Unordered implements Workflow<List<String>, String> {
    @Override
    public String run(WorkflowContext ctx, List<String> input) {
      for (String country : Set.of("a", "b")) {
        tell(ctx, country);
      }
      Map<String, String> table = new HashMap<>();
      for (Map.Entry<String, String> entry : table.entrySet()) {
        tell(ctx, entry.getKey());
      }
      Map.of("a", 1, "b", 2).forEach((key, value) -> tell(ctx, key));
      for (String name : input.stream().collect(Collectors.toSet())) {
        tell(ctx, name);
      }
      List<String> keys = table.keySet().stream().map(key -> key + 1).toList();
      ctx.step("keys", String.class, step -> "" + keys);
      return input.stream().collect(Collectors.groupingBy(String::length)).keySet().stream()
          .map(length -> "" + length)
          .findFirst()
          .orElse("");
    }

    private static void tell(WorkflowContext ctx, String text) {
      ctx.step("tell", String.class, step -> text);
    }
  }

  @Test
  void goingThroughWhatHasAnOrderIsNot() {
    assertThat(Looking.warningsIn(Ordered.class, Silent.class)).isEmpty();
  }

  static final class Ordered implements Workflow<List<String>, String> {
    @Override
    public String run(WorkflowContext ctx, List<String> input) {
      Map<String, String> table = new HashMap<>();
      table.put("a", "b");
      for (String key : new TreeSet<>(table.keySet())) {
        ctx.step("tell", String.class, step -> key);
      }
      for (String key : table.keySet().stream().sorted().toList()) {
        ctx.step("tell", String.class, step -> key);
      }
      Map<String, Long> lengths =
          input.stream()
              .collect(Collectors.groupingBy(k -> k, LinkedHashMap::new, Collectors.counting()));
      lengths.forEach((key, many) -> ctx.step("count", String.class, step -> key + many));
      new TreeMap<>(table).forEach((key, text) -> ctx.step("t", String.class, step -> text));
      return ctx.step("all", String.class, step -> "" + Set.of("a", "b").iterator().next());
    }
  }

  /** Calls nothing of the context. */
  static final class Silent implements Workflow<String, Integer> {
    @Override
    public Integer run(WorkflowContext ctx, String input) {
      int sum = 0;
      for (int number : Set.of(1, 2)) {
        sum += number;
      }
      return sum;
    }
  }
}
