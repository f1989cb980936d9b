package dev.fantasticfour.world.tck.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.config.RetentionRule;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.AppendResult.Conflict;
import dev.fantasticfour.world.core.port.Capability;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.Retention.Erasing;
import dev.fantasticfour.world.core.port.RunCopies.CopyResult;
import dev.fantasticfour.world.core.port.RunCopies.RunCopy;
import dev.fantasticfour.world.core.rules.FactColumns;
import dev.fantasticfour.world.tck.Requires;
import dev.fantasticfour.world.tck.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What stays of runs: keys of those that are gone, and those that were erased. */
public interface ErasureChapter {

  private static RunId keyed(Expiring runs, String key) {
    StorageScene scene = runs.scene();
    RunId run = scene.runId();
    scene.accept(run, Drafts.of(null, Drafts.creation(runs.workflow(), key, "hash")));
    scene.accept(run, Drafts.started());
    return runs.settled(scene.claimed(run, scene.worker()), Drafts.completed());
  }

  @Test
  @Requires(Capability.RETENTION)
  @Rule("PRU-5")
  default void aKeyOutlivesItsRunForAsLongAsTheRuleSays(StorageScene scene) {
    Duration month = Expiring.whiles(30);
    RetentionRule rule = new RetentionRule(month, month, month, Expiring.whiles(90));
    try (Expiring runs = Expiring.in(scene, rule)) {
      RunId gone = keyed(runs, "order-1");
      runs.pass(31);
      assertThat(runs.prune()).containsExactly(gone);
      RunId other = scene.runId();
      Fact.RunCreated creation = Drafts.creation(runs.workflow(), "order-1", "hash");
      assertThat(scene.refuse(other, Drafts.of(null, creation)))
          .isEqualTo(new Conflict(Conflict.Reason.RUN_KEY, "order-1", gone, Conflict.DELETED));
      assertThat(scene.storage().runByKey(runs.workflow(), "order-1")).isEmpty();
      scene.accept(
          scene.runId(), Drafts.of(null, Drafts.creation(scene.workflow(), "order-1", "hash")));
      runs.pass(61);
      RunId late = scene.runId();
      scene.accept(late, Drafts.of(null, creation));
      assertThat(scene.peer().runByKey(runs.workflow(), "order-1").orElseThrow().id())
          .isEqualTo(late);
    }
  }

  @Test
  @Requires({Capability.RETENTION, Capability.RUN_COPIES})
  @Rule("CP-4")
  default void aRunThatWasDeletedComesBackUnderTheKeyThatIsKeptForIt(StorageScene scene) {
    Duration month = Expiring.whiles(30);
    RetentionRule rule = new RetentionRule(month, month, month, Expiring.whiles(90));
    try (Expiring runs = Expiring.in(scene, rule)) {
      RunId gone = keyed(runs, "order-1");
      RunId other = keyed(runs, "order-2");
      List<Event> log = scene.log(gone);
      List<Event> late = scene.log(other);
      runs.pass(31);
      assertThat(runs.prune()).containsExactlyInAnyOrder(gone, other);

      assertThat(scene.storage().copy(new RunCopy(gone, log, true, null, null)))
          .isInstanceOf(CopyResult.Begun.class);
      runs.pass(61);
      assertThat(scene.storage().copy(new RunCopy(other, late, true, null, null)))
          .as("its key was kept for long enough")
          .isInstanceOf(CopyResult.Begun.class);

      assertThat(scene.peer().runByKey(runs.workflow(), "order-1").orElseThrow().id())
          .isEqualTo(gone);
      assertThat(scene.peer().runByKey(runs.workflow(), "order-2").orElseThrow().id())
          .isEqualTo(other);
    }
  }

  @Test
  @Requires(Capability.RETENTION)
  @Rule("PRU-5")
  default void aKeyGoesWithItsRunWhereNoRuleKeepsIt(StorageScene scene) {
    try (Expiring runs = Expiring.in(scene)) {
      RunId gone = keyed(runs, "order-1");
      runs.pass(31);
      assertThat(runs.prune()).containsExactly(gone);
      scene.accept(
          scene.runId(), Drafts.of(null, Drafts.creation(runs.workflow(), "order-1", "other")));
    }
  }

  @Test
  @Requires(Capability.RETENTION)
  @Rule("PRU-8")
  default void nothingThatAnybodyPutInIsLeftOfARunThatWasErased(StorageScene scene) {
    String secret = Fresh.name("secret-");
    RunId run = scene.runId();
    Payload payload = Payload.json("{\"name\":\"" + secret + "\"}");
    Fact.RunCreated creation =
        new Fact.RunCreated(
            scene.workflow(),
            "build",
            Drafts.creation("w").specVersion(),
            Fresh.name("queue-"),
            payload,
            secret,
            "hash",
            Map.of("customer", AttributeValue.of(secret)),
            null);
    scene.accept(run, Drafts.of(null, creation));
    scene.accept(run, Drafts.started());
    scene.accept(run, Drafts.stepCreated("step_1", payload));
    scene.accept(run, Drafts.hookCreated("hook_1", secret));
    scene.accept(
        run,
        Drafts.of(
            null,
            new RunFact.AttributesSet(Map.of("mail", Optional.of(AttributeValue.of(secret))))));
    scene.accept(run, Drafts.of(null, new Fact.CancelRequested(secret)));
    assertThat(scene.storage().erase(run)).isEqualTo(Erasing.NOT_OVER);
    Owned owned = scene.claimed(run, scene.worker());
    scene.accept(run, owned.authority(Due.NEVER), Drafts.of(null, new Fact.RunCompleted(payload)));
    List<Event> before = scene.log(run);

    assertThat(scene.storage().erase(run)).isEqualTo(Erasing.ERASED);
    assertThat(scene.peer().erase(run)).isEqualTo(Erasing.ERASED);

    List<Event> after = scene.log(run);
    assertThat(after).extracting(Event::type).isEqualTo(before.stream().map(Event::type).toList());
    assertThat(after).extracting(Event::id).isEqualTo(before.stream().map(Event::id).toList());
    assertThat(texts(after)).doesNotContain(secret);
    assertThat(scene.view(run).toString()).doesNotContain(secret);
    assertThat(scene.view(run).input()).isEqualTo(Payload.of("erased", new byte[0]));
    assertThat(scene.view(run).attributes()).isEmpty();
    assertThat(scene.storage().steps(run, PageRequest.oldestFirst()).items())
        .allSatisfy(step -> assertThat(step.input()).isNotEqualTo(payload));
    assertThat(scene.storage().runByKey(creation.workflow(), secret)).isEmpty();
    assertThat(scene.storage().erase(scene.runId())).isEqualTo(Erasing.UNKNOWN);
  }

  private static String texts(List<Event> log) {
    StringBuilder texts = new StringBuilder();
    for (Event event : log) {
      texts.append(event);
      FactColumns columns = FactColumns.of(event.fact());
      texts.append(columns.payload() == null ? "" : columns.payload().text());
    }
    return texts.toString();
  }

  @Test
  @Rule({"PRU-9", "L9"})
  default void aRetentionThatIsDeclinedIsRefused(StorageScene scene) {
    if (!scene.storage().declined().contains(Capability.RETENTION)) {
      assertThat(scene.storage().beginRound(Duration.ofMinutes(1))).isEmpty();
      return;
    }
    assertThat(scene.storage().retention().policy().isOff()).isTrue();
    assertThat(scene.storage().expired(null, 10).runs()).isEmpty();
    RunId run = scene.running();
    for (Runnable call :
        List.<Runnable>of(
            () -> scene.storage().retain("w", RetentionRule.FOREVER),
            () -> scene.storage().keep(run, true),
            () -> scene.storage().erase(run))) {
      Throwable thrown = catchThrowable(call::run);
      assertThat(thrown).isInstanceOf(WorldException.class);
      assertThat(((WorldException) thrown).code()).isEqualTo(ErrorCode.NOT_SUPPORTED);
    }
  }
}
