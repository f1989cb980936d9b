package dev.fantasticfour.world.tck.storage;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.attribute.AttributeKey;
import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Runs with attributes, and how they are found. */
final class Attributed {

  static final AttributeKey<String> CUSTOMER = AttributeKey.keyword("customer");
  static final AttributeKey<Long> AMOUNT = AttributeKey.number("amount");
  static final AttributeKey<BigDecimal> PRICE = AttributeKey.decimal("price");
  static final AttributeKey<Boolean> PAID = AttributeKey.bool("paid");
  static final AttributeKey<Instant> DUE = AttributeKey.time("due");
  static final AttributeKey<Set<String>> TAGS = AttributeKey.keywords("tags");

  private Attributed() {}

  static Draft creation(String workflow, Map<String, AttributeValue> attributes) {
    return Drafts.of(
        null, new Fact.RunCreated(workflow, "b", 6, "orders", null, null, null, attributes, null));
  }

  static RunId run(StorageScene scene, String workflow, AttributeKey<?> key, Object value) {
    return run(scene, workflow, Map.of(key.name(), value(value)));
  }

  static RunId run(StorageScene scene, String workflow, Map<String, AttributeValue> attributes) {
    RunId run = scene.runId();
    scene.accept(run, creation(workflow, attributes));
    return run;
  }

  static AttributeValue value(Object value) {
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

  static List<RunId> found(StorageScene scene, RunFilter filter) {
    return scene
        .storage()
        .runs(filter, PageRequest.oldestFirst().withLimit(PageRequest.MAX))
        .items()
        .stream()
        .map(RunRecord::id)
        .toList();
  }

  static List<RunId> all(StorageScene scene, RunFilter filter, PageRequest first) {
    return Pages.all(page -> scene.storage().runs(filter, page), first).stream()
        .map(RunRecord::id)
        .toList();
  }

  static List<RunId> create(StorageScene scene, String name, int count) {
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
