package dev.fantasticfour.world.tck.storage;

import static dev.fantasticfour.world.tck.storage.Refusals.invalid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.PageRequest.Order;
import dev.fantasticfour.world.api.attribute.AttributeCondition;
import dev.fantasticfour.world.api.attribute.AttributeKey;
import dev.fantasticfour.world.api.attribute.AttributeOrder;
import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.run.RunCount;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.run.Runs;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.tck.Rule;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What runs are found by: attributes of each kind, times, and how many there are. */
public interface AttributeChapter {

  AttributeKey<String> CUSTOMER = AttributeKey.keyword("customer");
  AttributeKey<Long> AMOUNT = AttributeKey.number("amount");
  AttributeKey<BigDecimal> PRICE = AttributeKey.decimal("price");
  AttributeKey<Boolean> PAID = AttributeKey.bool("paid");
  AttributeKey<Instant> DUE = AttributeKey.time("due");
  AttributeKey<Set<String>> TAGS = AttributeKey.keywords("tags");

  private static Draft creation(String workflow, Map<String, AttributeValue> attributes) {
    return Drafts.of(
        null, new Fact.RunCreated(workflow, "b", 6, "orders", null, null, null, attributes, null));
  }

  private static RunId run(StorageScene scene, String workflow, AttributeKey<?> key, Object value) {
    return run(scene, workflow, Map.of(key.name(), value(value)));
  }

  private static RunId run(
      StorageScene scene, String workflow, Map<String, AttributeValue> attributes) {
    RunId run = scene.runId();
    scene.accept(run, creation(workflow, attributes));
    return run;
  }

  private static AttributeValue value(Object value) {
    return switch (value) {
      case String text -> AttributeValue.of(text);
      case Long number -> AttributeValue.of(number);
      case BigDecimal number -> AttributeValue.of(number);
      case Boolean flag -> AttributeValue.of(flag);
      case Instant time -> DUE.value(time);
      case Set<?> texts -> AttributeValue.of(texts.stream().map(String::valueOf).toList());
      default -> throw new IllegalArgumentException("no attribute: " + value);
    };
  }

  private static List<RunId> found(StorageScene scene, RunFilter filter) {
    return scene
        .storage()
        .runs(filter, PageRequest.oldestFirst().withLimit(PageRequest.MAX))
        .items()
        .stream()
        .map(RunRecord::id)
        .toList();
  }

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

  @Test
  @Rule("LST-1")
  default void everyConditionHolds(StorageScene scene) {
    String name = scene.workflow();
    RunId run =
        run(scene, name, Map.of("customer", CUSTOMER.value("c-1"), "amount", AMOUNT.value(5L)));
    run(scene, name, Map.of("customer", CUSTOMER.value("c-1"), "amount", AMOUNT.value(50L)));
    run(scene, name, Map.of("customer", CUSTOMER.value("c-2"), "amount", AMOUNT.value(5L)));
    RunFilter both = Runs.of(name).where(CUSTOMER.is("c-1")).where(AMOUNT.atMost(10L));
    assertThat(found(scene, both)).containsExactly(run);
    assertThat(found(scene, both.where(CUSTOMER.is("c-2")))).isEmpty();
    assertThat(found(scene, Runs.of(scene.workflow()).where(CUSTOMER.is("c-1")))).isEmpty();
  }

  @Test
  @Rule("3.3")
  default void runsAreFoundByWhatElseIsKnownOfThem(StorageScene scene) {
    String name = scene.workflow();
    RunId one = scene.runId();
    scene.accept(one, Drafts.of(null, Drafts.creation(name, "key-1", "hash")));
    RunId other = scene.runId();
    scene.accept(
        other,
        Drafts.of(
            null,
            new Fact.RunCreated(name, "b", 6, "bills", null, "key-2", "hash", Map.of(), null)));
    scene.accept(other, Drafts.started());
    scene.accept(other, Drafts.failed());
    Instant first = scene.view(one).createdAt();
    Instant second = scene.view(other).createdAt();
    Instant end = Objects.requireNonNull(scene.view(other).completedAt());
    assertThat(found(scene, Runs.of(name).runKey("key-1"))).containsExactly(one);
    assertThat(found(scene, Runs.of(name).taskQueue("bills"))).containsExactly(other);
    assertThat(found(scene, Runs.of(name).createdSince(first))).containsExactly(one, other);
    assertThat(found(scene, Runs.of(name).createdSince(second))).contains(other);
    assertThat(found(scene, Runs.of(name).createdBefore(first))).isEmpty();
    assertThat(found(scene, Runs.of(name).endedSince(end))).containsExactly(other);
    assertThat(found(scene, Runs.of(name).endedSince(end.plusNanos(1_000)))).isEmpty();
    assertThat(found(scene, Runs.of(name).endedBefore(end))).isEmpty();
    assertThat(found(scene, Runs.of(name).endedBefore(end.plusNanos(1_000))))
        .containsExactly(other);
    assertThat(found(scene, Runs.of(name).status(RunStatus.PENDING, RunStatus.FAILED)))
        .containsExactly(one, other);
    assertThat(found(scene, Runs.of(name).status(RunStatus.PENDING, RunStatus.RUNNING)))
        .containsExactly(one);
    assertThat(
            found(
                scene,
                Runs.of(name).status(RunStatus.PENDING).taskQueue("orders").createdSince(first)))
        .containsExactly(one);
    assertThat(found(scene, Runs.of(name).taskQueue("none").status(RunStatus.PENDING))).isEmpty();
    assertThat(found(scene, Runs.of(name).runKey("a\0b"))).isEmpty();
    assertThat(found(scene, Runs.of(name).taskQueue("\uD800"))).isEmpty();
  }

  /** ATT-5: nothing but a range, or an end, to go by. */
  @Test
  @Rule("LST-2")
  default void aListThatWouldReadEveryRunIsRefused(StorageScene scene) {
    AttributeKey<Long> unknown = AttributeKey.number(Fresh.name("k").toLowerCase(Locale.ROOT));
    RunFilter range = Runs.all().where(unknown.atLeast(1L));
    PageRequest page = PageRequest.newestFirst();
    for (RunFilter filter :
        List.of(range, range.status(RunStatus.COMPLETED), range.taskQueue("q"))) {
      invalid(() -> scene.storage().runs(filter, page));
      invalid(() -> scene.storage().count(filter));
    }
    for (RunFilter filter :
        List.of(
            range.createdSince(scene.storeNow()),
            range.status(RunStatus.FAILED),
            range.runKey("k"),
            range.where(CUSTOMER.is(Fresh.name("c"))),
            new RunFilter(
                scene.workflow(),
                Set.of(),
                range.where(),
                null,
                null,
                null,
                null,
                null,
                null,
                false))) {
      assertThat(scene.storage().runs(filter, page).items()).isEmpty();
      assertThat(scene.storage().count(filter)).isEqualTo(new RunCount(0, false));
    }
  }

  @Test
  @Rule({"LST-3", "PAG-1", "PAG-2"})
  default void runsThatHaveEndedAreListedByTheirEnd(StorageScene scene) {
    String name = scene.workflow();
    Instant begin = scene.storeNow();
    List<RunId> runs = IntStream.range(0, 7).mapToObj(i -> scene.running(name)).toList();
    scene.pending(name);
    List<RunId> ended = IntStream.of(3, 0, 6, 2, 5).mapToObj(runs::get).toList();
    ended.forEach(run -> scene.accept(run, Drafts.completed()));
    RunFilter filter = Runs.of(name).endedSince(begin);
    assertThat(found(scene, filter)).isEqualTo(ended);
    for (int limit : List.of(1, 2, 5)) {
      assertThat(all(scene, filter, new PageRequest(limit, null, Order.ASCENDING)))
          .isEqualTo(ended);
      assertThat(all(scene, filter, new PageRequest(limit, null, Order.DESCENDING)))
          .isEqualTo(ended.reversed());
    }
    Page<RunRecord> first = scene.storage().runs(filter, new PageRequest(2, null, Order.ASCENDING));
    scene.accept(runs.get(4), Drafts.failed());
    assertThat(all(scene, filter, new PageRequest(2, null, Order.ASCENDING).after(first.cursor())))
        .containsExactly(runs.get(6), runs.get(2), runs.get(5), runs.get(4));
  }

  private static List<RunId> all(StorageScene scene, RunFilter filter, PageRequest first) {
    return Pages.all(page -> scene.storage().runs(filter, page), first).stream()
        .map(RunRecord::id)
        .toList();
  }

  @Test
  @Rule("LST-4")
  default void runsAreCounted(StorageScene scene) {
    String name = scene.workflow();
    for (int i = 0; i < 30; i++) {
      run(scene, name, AMOUNT, (long) i);
    }
    assertThat(scene.storage().count(Runs.of(name))).isEqualTo(new RunCount(30, false));
    assertThat(scene.peer().count(Runs.of(name).where(AMOUNT.atLeast(7L))))
        .isEqualTo(new RunCount(23, false));
    assertThat(scene.storage().count(Runs.of(name).status(RunStatus.COMPLETED)).runs()).isZero();
    assertThat(scene.storage().count(Runs.of("a\0b")).runs()).isZero();
  }

  /** ATT-6: what there was before the first page comes once, whatever is created meanwhile. */
  @Test
  @Rule("PAG-1")
  default void runsThatAreCreatedMeanwhileTouchNoPage(StorageScene scene) {
    String name = scene.workflow();
    RunFilter filter = Runs.of(name).where(AMOUNT.atLeast(0L));
    create(scene, name, 60);
    for (Order order : Order.values()) {
      PageRequest request = new PageRequest(25, null, order);
      List<RunId> before = all(scene, filter, request);
      List<RunId> paged = new ArrayList<>();
      for (int pages = 0; paged.size() < before.size(); pages++) {
        Page<RunRecord> page = scene.peer().runs(filter, request);
        page.items().forEach(run -> paged.add(run.id()));
        request = request.after(page.cursor());
        if (pages < 20) {
          create(scene, name, 25);
        }
      }
      assertThat(paged).doesNotHaveDuplicates();
      assertThat(paged.subList(0, before.size())).isEqualTo(before);
    }
    assertThat(scene.storage().count(filter).runs()).isGreaterThan(100);
  }

  private static List<RunId> create(StorageScene scene, String name, int count) {
    List<RunId> runs = IntStream.range(0, count).mapToObj(i -> scene.runId()).toList();
    List<Batch> batches =
        runs.stream()
            .map(
                run ->
                    StorageScene.batch(
                        run, Authority.ANYONE, creation(name, Map.of("amount", AMOUNT.value(1L)))))
            .toList();
    scene.storage().append(batches).forEach(StorageScene::accepted);
    return runs;
  }
}
