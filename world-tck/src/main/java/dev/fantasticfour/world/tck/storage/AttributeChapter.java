package dev.fantasticfour.world.tck.storage;

import static dev.fantasticfour.world.tck.storage.Attributed.AMOUNT;
import static dev.fantasticfour.world.tck.storage.Attributed.CUSTOMER;
import static dev.fantasticfour.world.tck.storage.Attributed.DUE;
import static dev.fantasticfour.world.tck.storage.Attributed.PAID;
import static dev.fantasticfour.world.tck.storage.Attributed.PRICE;
import static dev.fantasticfour.world.tck.storage.Attributed.TAGS;
import static dev.fantasticfour.world.tck.storage.Attributed.found;
import static dev.fantasticfour.world.tck.storage.Attributed.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.attribute.AttributeCondition;
import dev.fantasticfour.world.api.attribute.AttributeKey;
import dev.fantasticfour.world.api.attribute.AttributeOrder;
import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.Runs;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.tck.Rule;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Attributes of each kind: what is kept of them, and what they say when a run is looked for. */
public interface AttributeChapter {

  /** ATT-1: each type round-trips, and is found by equality and by range. */
  @Test
  @Rule("LST-1")
  default void everyKindOfAttributeIsKeptAndFound(StorageScene scene) {
    String name = scene.workflow();
    Instant noon = Instant.parse("2026-03-01T12:00:00.000001Z");
    Map<String, AttributeValue> all =
        Map.of(
            "customer", CUSTOMER.value("c-1 \"ü\" \\ \uD83D\uDE00"),
            "amount", AMOUNT.value(-120L),
            "price", PRICE.value(new BigDecimal("12345678901234567890.0100")),
            "paid", PAID.value(true),
            "due", DUE.value(noon),
            "tags", TAGS.value(Set.of("red", "blue", "")));
    RunId run = run(scene, name, all);
    run(scene, name, Map.of());

    RunRecord view = scene.view(run);
    assertThat(view.attributes()).isEqualTo(all);
    assertThat(scene.log(run).getFirst().fact())
        .isEqualTo(new Fact.RunCreated(name, "b", 6, "orders", null, null, null, all, null));
    assertThat(AMOUNT.from(view.attributes())).contains(-120L);
    assertThat(PRICE.from(view.attributes()).orElseThrow())
        .isEqualByComparingTo("12345678901234567890.01");
    assertThat(DUE.from(view.attributes())).contains(noon);
    assertThat(TAGS.from(view.attributes())).contains(Set.of("", "red", "blue"));
    for (AttributeCondition met :
        List.of(
            CUSTOMER.is("c-1 \"ü\" \\ \uD83D\uDE00"),
            CUSTOMER.in(List.of("c-2", "c-1 \"ü\" \\ \uD83D\uDE00")),
            CUSTOMER.between("c-1", "c-2"),
            CUSTOMER.exists(),
            AMOUNT.is(-120L),
            AMOUNT.in(List.of(1L, -120L)),
            AMOUNT.between(-1000L, -20L),
            AMOUNT.atMost(-120L),
            PRICE.is(new BigDecimal("12345678901234567890.01")),
            PRICE.atLeast(new BigDecimal("12345678901234567890.009")),
            PAID.is(true),
            DUE.is(noon),
            DUE.between(noon.minusNanos(1_000), noon),
            TAGS.is(Set.of("blue", "", "red")),
            TAGS.contains("red"),
            TAGS.contains(""))) {
      assertThat(found(scene, Runs.of(name).where(met))).as("%s", met).containsExactly(run);
    }
    for (AttributeCondition missed :
        List.of(
            CUSTOMER.is("c-1"),
            CUSTOMER.in(List.of("c-2", "C-1")),
            AMOUNT.is(120L),
            AMOUNT.between(-119L, 1_000L),
            PRICE.atMost(new BigDecimal("12345678901234567890.009")),
            PAID.is(false),
            DUE.atLeast(noon.plusNanos(1_000)),
            TAGS.is(Set.of("red", "blue")),
            TAGS.is(Set.of()),
            TAGS.contains("re"),
            AttributeKey.keyword("tags").is("red"),
            AttributeKey.keyword("amount").is("-120"),
            AttributeKey.keyword("paid").is("true"))) {
      assertThat(found(scene, Runs.of(name).where(missed))).as("%s", missed).isEmpty();
    }
  }

  @Test
  @Rule("LST-1")
  default void anAttributeThatIsNotSomethingMayBeNothing(StorageScene scene) {
    String name = scene.workflow();
    RunId one = run(scene, name, CUSTOMER, "c-1");
    RunId other = run(scene, name, CUSTOMER, "c-2");
    RunId none = run(scene, name, AMOUNT, 1L);
    RunId set = run(scene, name, TAGS, Set.of("a", "b"));
    assertThat(found(scene, Runs.of(name).where(CUSTOMER.isNot("c-1"))))
        .containsExactly(other, none, set);
    assertThat(found(scene, Runs.of(name).where(TAGS.isNot(Set.of("b", "a")))))
        .containsExactly(one, other, none);
    assertThat(found(scene, Runs.of(name).where(TAGS.isNot(Set.of("a"))))).hasSize(4);
    assertThat(found(scene, Runs.of(name).where(CUSTOMER.exists()).where(CUSTOMER.isNot("c-1"))))
        .containsExactly(other);
  }

  /** ATT-3: a value of another kind has no place in a range, and breaks none. */
  @Test
  @Rule("LST-1")
  default void aRangeHoldsValuesOfItsKindOnly(StorageScene scene) {
    String name = scene.workflow();
    RunId nine = run(scene, name, AMOUNT, 9L);
    RunId ten = run(scene, name, AMOUNT, 10L);
    RunId half = run(scene, name, AMOUNT, new BigDecimal("9.5"));
    RunId text = run(scene, name, AMOUNT, "9");
    run(scene, name, AMOUNT, Set.of("9"));
    run(scene, name, AMOUNT, true);
    RunId day = run(scene, name, DUE, Instant.parse("2026-03-01T00:00:00Z"));
    RunId today = run(scene, name, DUE, "2026-03-01T25:00:00.000000Z");
    run(scene, name, DUE, "today");
    run(scene, name, DUE, 9L);
    assertThat(found(scene, Runs.of(name).where(AMOUNT.atLeast(9L))))
        .containsExactly(nine, ten, half);
    assertThat(found(scene, Runs.of(name).where(AMOUNT.between(9L, 9L)))).containsExactly(nine);
    assertThat(found(scene, Runs.of(name).where(AttributeKey.keyword("amount").atLeast(""))))
        .containsExactly(text);
    assertThat(found(scene, Runs.of(name).where(DUE.atLeast(Instant.EPOCH)))).containsExactly(day);
    assertThat(found(scene, Runs.of(name).where(AttributeKey.keyword("due").atMost("2027"))))
        .containsExactly(day, today);
  }

  @Test
  @Rule("LST-1")
  default void textsLieInTheOrderOfTheirCodePoints(StorageScene scene) {
    String name = scene.workflow();
    List<String> texts = List.of("", "A", "B", "a", "b", "z", "ä", "\uFFFD", "\uD83D\uDE00");
    List<RunId> runs = texts.stream().map(text -> run(scene, name, CUSTOMER, text)).toList();
    for (int i = 0; i < texts.size(); i++) {
      assertThat(found(scene, Runs.of(name).where(CUSTOMER.atLeast(texts.get(i)))))
          .as("from '%s'", texts.get(i))
          .isEqualTo(runs.subList(i, runs.size()));
    }
  }

  @Test
  @Rule("LST-1")
  default void runsOfOtherRuntimesAreFoundByWhateverTheyCallTheirAttributes(StorageScene scene) {
    String name = scene.workflow();
    String key = "$parent'Run\"Id {x}";
    RunId run = run(scene, name, Map.of(key, AttributeValue.of("wrun_1")));
    AttributeCondition is = new AttributeCondition.Is(key, AttributeValue.of("wrun_1"));
    AttributeCondition range =
        new AttributeCondition.Range(
            key, AttributeOrder.TEXT, AttributeValue.of("wrun_"), AttributeValue.of("wrun_2"));
    assertThat(found(scene, Runs.of(name).where(is).where(range))).containsExactly(run);
    assertThat(found(scene, Runs.of(name).where(new AttributeCondition.Exists(key))))
        .containsExactly(run);
  }

  /** ATT-7: what is set to nothing is removed, the rest stays; from none at all, too. */
  @Test
  @Rule({"LST-5", "ORD-6"})
  default void attributesAreSetAndRemovedWhileARunGoesOn(StorageScene scene) {
    String name = scene.workflow();
    RunId run = run(scene, name, Map.of());
    set(scene, run, Map.of("customer", Optional.of(CUSTOMER.value("c-1"))));
    assertThat(scene.view(run).attributes()).isEqualTo(Map.of("customer", CUSTOMER.value("c-1")));
    assertThat(found(scene, Runs.of(name).where(CUSTOMER.is("c-1")))).containsExactly(run);
    set(
        scene,
        run,
        Map.of(
            "amount", Optional.of(AMOUNT.value(7L)),
            "tags", Optional.of(TAGS.value(Set.of("a"))),
            "never", Optional.empty()));
    set(scene, run, Map.of("customer", Optional.empty(), "tags", Optional.empty()));
    assertThat(scene.view(run).attributes()).isEqualTo(Map.of("amount", AMOUNT.value(7L)));
    assertThat(found(scene, Runs.of(name).where(CUSTOMER.exists()))).isEmpty();
    assertThat(found(scene, Runs.of(name).where(AMOUNT.atLeast(7L)))).containsExactly(run);
    set(scene, run, Map.of("amount", Optional.empty()));
    assertThat(scene.view(run).attributes()).isEmpty();
    assertThat(((Fact.RunCreated) scene.log(run).getFirst().fact()).attributes())
        .as("what the run began with")
        .isEmpty();
  }

  @Test
  @Rule("LST-5")
  default void whatARunBeganWithStaysInItsLog(StorageScene scene) {
    RunId run = run(scene, scene.workflow(), CUSTOMER, "c-1");
    set(scene, run, Map.of("customer", Optional.of(CUSTOMER.value("c-2"))));
    assertThat(((Fact.RunCreated) scene.log(run).getFirst().fact()).attributes())
        .isEqualTo(Map.of("customer", CUSTOMER.value("c-1")));
    assertThat(scene.log(run).getLast().fact())
        .isEqualTo(
            new RunFact.AttributesSet(Map.of("customer", Optional.of(CUSTOMER.value("c-2")))));
    assertThat(scene.view(run).attributes()).isEqualTo(Map.of("customer", CUSTOMER.value("c-2")));
  }

  @Test
  @Rule("LST-5")
  default void theLastWordOfABatchCounts(StorageScene scene) {
    RunId run = run(scene, scene.workflow(), AMOUNT, 1L);
    scene.accept(
        run,
        Drafts.of(null, new RunFact.AttributesSet(Map.of("amount", Optional.empty()))),
        Drafts.of(null, new RunFact.AttributesSet(Map.of("amount", Optional.of(AMOUNT.value(3L))))),
        Drafts.of(null, new RunFact.AttributesSet(Map.of("paid", Optional.of(PAID.value(true))))));
    assertThat(scene.view(run).attributes())
        .isEqualTo(Map.of("amount", AMOUNT.value(3L), "paid", PAID.value(true)));
    scene.accept(run, Drafts.started());
    scene.accept(run, Drafts.completed());
    var refusal =
        scene.refuse(
            run, Drafts.of(null, new RunFact.AttributesSet(Map.of("paid", Optional.empty()))));
    assertThat(refusal).isInstanceOf(AppendResult.Closed.class);
    assertThat(scene.view(run).attributes()).containsKey("paid");
  }

  private static void set(
      StorageScene scene, RunId run, Map<String, Optional<AttributeValue>> changes) {
    scene.accept(run, Drafts.of(null, new RunFact.AttributesSet(changes)));
  }
}
