package dev.fantasticfour.world.core.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.attribute.AttributeKey;
import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Attributes that the code of a run sets. */
class AttributesTest {

  private static final AttributeKey<String> CUSTOMER = AttributeKey.keyword("customer");
  private static final AttributeKey<Long> AMOUNT = AttributeKey.number("amount");
  private static final HookType<String> HOOK = HookType.of("hook", String.class);
  private static final Duration HOUR = Duration.ofHours(1);

  private static String sets(WorkflowContext ctx, String input) {
    ctx.set(CUSTOMER, "c-1");
    String a = ctx.step("a", String.class, s -> "unused");
    ctx.set(AMOUNT, 1L);
    ctx.set(AMOUNT, 2L);
    ctx.unset(CUSTOMER);
    ctx.sleep(HOUR);
    return a;
  }

  private static Map<String, AttributeValue> attributes(Rig rig) {
    return rig.view().attributes();
  }

  private static List<Map<String, Optional<AttributeValue>>> changes(Rig rig) {
    return rig.stage().log().stream()
        .map(Event::fact)
        .filter(RunFact.AttributesSet.class::isInstance)
        .map(fact -> ((RunFact.AttributesSet) fact).changes())
        .toList();
  }

  private static void setByOthers(Rig rig, AttributeKey<String> key, String value) {
    AppendResult result =
        rig.stage()
            .append(
                Authority.ANYONE,
                null,
                new RunFact.AttributesSet(Map.of(key.name(), Optional.of(key.value(value)))));
    assertThat(result).isInstanceOf(AppendResult.Appended.class);
  }

  /** ATT-2: what a turn sets is in the store with its commit, which is none of its own. */
  @Test
  void whatATurnSetsIsWrittenWithWhateverElseItWrites() {
    try (Rig rig = new Rig(AttributesTest::sets)) {
      assertThat(attributes(rig)).isEqualTo(Map.of("customer", CUSTOMER.value("c-1")));
      assertThat(rig.words()).containsExactly("run_created", "run_started", "attributes_set");
      rig.finish("a", "A");
      assertThat(attributes(rig)).isEqualTo(Map.of("amount", AMOUNT.value(2L)));
      List<Event> log = rig.stage().log();
      assertThat(rig.words().subList(3, log.size()))
          .containsExactly("step_completed", "attributes_set", "attributes_set", "wait_created");
      assertThat(log.subList(3, log.size()))
          .as("one batch")
          .extracting(Event::batchId)
          .containsOnly(log.getLast().batchId());
      assertThat(changes(rig))
          .containsExactly(
              Map.of("customer", Optional.of(CUSTOMER.value("c-1"))),
              Map.of("amount", Optional.of(AMOUNT.value(1L))),
              Map.of("amount", Optional.of(AMOUNT.value(2L)), "customer", Optional.empty()));
    }
  }

  @Test
  void codeThatIsToldEverythingAgainWritesNothingAgain() {
    try (Rig rig = new Rig(AttributesTest::sets)) {
      rig.finish("a", "A");
      List<String> words = rig.words();
      rig.load(AttributesTest::sets);
      assertThat(rig.words()).isEqualTo(words);
      rig.ring();
      assertThat(rig.view().status()).isEqualTo(RunStatus.COMPLETED);
      assertThat(changes(rig)).hasSize(3);
    }
  }

  @Test
  void theNewestWordCountsWhoeverSaidIt() {
    try (Rig rig = new Rig(AttributesTest::sets)) {
      setByOthers(rig, CUSTOMER, "by hand");
      rig.load(AttributesTest::sets);
      assertThat(CUSTOMER.from(attributes(rig))).contains("by hand");
      rig.finish("a", "A");
      assertThat(CUSTOMER.from(attributes(rig))).isEmpty();
      setByOthers(rig, CUSTOMER, "by hand again");
      rig.execution().nudge();
      rig.settle();
      rig.ring();
      assertThat(rig.view().status()).isEqualTo(RunStatus.COMPLETED);
      assertThat(CUSTOMER.from(attributes(rig))).contains("by hand again");
    }
  }

  @Test
  void codeThatSetsSomethingElseNowIsNoDivergence() {
    Workflow<String, String> changed =
        (ctx, in) -> {
          ctx.set(AttributeKey.keyword("fresh"), "x");
          ctx.set(AMOUNT, 7L);
          String a = ctx.step("a", String.class, s -> "unused");
          ctx.set(AMOUNT, 2L);
          ctx.sleep(HOUR);
          return a;
        };
    try (Rig rig = new Rig(AttributesTest::sets)) {
      rig.finish("a", "A");
      rig.load(changed);
      assertThat(attributes(rig))
          .as("the new one is there, and what is older than what is recorded is not")
          .isEqualTo(Map.of("fresh", AttributeValue.of("x"), "amount", AMOUNT.value(2L)));
      int written = changes(rig).size();
      rig.load(changed);
      assertThat(changes(rig)).hasSize(written);
      rig.ring();
      assertThat(rig.view().status()).isEqualTo(RunStatus.COMPLETED);
    }
  }

  @Test
  void whatWasDecidedTooEarlyIsDecidedAgainAndNothingIsLost() {
    Workflow<String, String> code =
        (ctx, in) -> {
          try (Hook<String> hook = ctx.hook(HOOK, "token")) {
            String first = hook.await();
            ctx.set(CUSTOMER, first);
            return first;
          }
        };
    try (Rig rig = new Rig(code)) {
      var first = (AppendResult.Appended) rig.stage().resume("token", "p");
      rig.execution().tell(first.events());
      rig.host().turn();
      var unheard = rig.stage().resume("token", "q");
      rig.settle();
      assertThat(rig.view().status()).isEqualTo(RunStatus.COMPLETED);
      assertThat(attributes(rig)).isEqualTo(Map.of("customer", CUSTOMER.value("p")));
      assertThat(changes(rig)).hasSize(1);
    }
  }

  /** ATT-4: beyond the limits it is refused at the call, and the run goes on. */
  @Test
  void whatIsTooMuchIsRefusedAtTheCallAndTheRunGoesOn() {
    Workflow<String, String> code =
        (ctx, in) -> {
          int refused = 0;
          for (int i = 0; i < 65; i++) {
            AttributeKey<Long> key = AttributeKey.number("n" + i);
            long value = i;
            refused += isRefused(() -> ctx.set(key, value)) ? 1 : 0;
          }
          refused += isRefused(() -> ctx.set(CUSTOMER, "x".repeat(1_025))) ? 1 : 0;
          ctx.unset(AttributeKey.number("n0"));
          ctx.set(CUSTOMER, "c-1");
          for (int i = 1; i < 10; i++) {
            AttributeKey<String> key = AttributeKey.keyword("n" + i);
            refused += isRefused(() -> ctx.set(key, "x".repeat(1_000))) ? 1 : 0;
          }
          ctx.sleep(HOUR);
          return "" + refused;
        };
    try (Rig rig = new Rig(code)) {
      assertThat(attributes(rig)).hasSize(64).containsEntry("customer", CUSTOMER.value("c-1"));
      rig.load(code);
      rig.ring();
      assertThat(rig.view().output().text()).isEqualTo("\"4\"");
    }
  }

  private static boolean isRefused(Runnable call) {
    try {
      call.run();
      return false;
    } catch (WorldException e) {
      return true;
    }
  }
}
