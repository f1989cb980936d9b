package dev.fantasticfour.world.tck.storage;

import static dev.fantasticfour.world.tck.storage.Refusals.invalid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.Runs;
import dev.fantasticfour.world.api.run.StallCause;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Stall;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.tck.Harness;
import dev.fantasticfour.world.tck.Rule;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Data as it comes: large, empty, malformed, in every script (world-contract 8.11). */
public interface OddDataChapter {

  /** A run that carried the payload at every place there is, read back and compared. */
  private static void roundTrip(StorageScene scene, @Nullable Payload payload) {
    RunId run = scene.runId();
    Fact.RunCreated creation =
        new Fact.RunCreated("w", "b", 6, "orders", payload, null, null, Map.of(), payload);
    scene.accept(run, Drafts.of(null, creation));
    Payload error = payload == null ? Drafts.ERROR : payload;
    List<Draft> drafts =
        List.of(
            Drafts.started(),
            Drafts.stepCreated("step_1", payload),
            Drafts.of("step_1", new Fact.StepRetrying(null, 1, error, null)),
            Drafts.of("step_1", new Fact.StepCompleted(null, 1, null, payload)),
            Drafts.of("step_2", new Fact.StepFailed(Site.named("s"), 1, null, error, null)),
            Drafts.of("hook_1", new Fact.HookCreated(null, scene.token(), payload, null)),
            Drafts.of("hook_1", new Fact.HookReceived(payload)));
    scene.accept(run, drafts.toArray(Draft[]::new));
    assertThat(scene.log(run).stream().skip(1).map(Event::fact))
        .containsExactlyElementsOf(drafts.stream().map(Draft::fact).toList());
    HookRecord hook = scene.storage().hook(run, "hook_1").orElseThrow();
    assertThat(hook.metadata()).isEqualTo(payload);
    scene.accept(run, Drafts.of(null, new Fact.RunCompleted(payload)));
    RunRecord view = scene.view(run);
    assertThat(view.input()).isEqualTo(payload);
    assertThat(view.output()).isEqualTo(payload);
    assertThat(view.executionContext()).isEqualTo(payload);
    assertThat(scene.storage().step(run, "step_1").orElseThrow().output()).isEqualTo(payload);
    assertThat(scene.storage().step(run, "step_2").orElseThrow().error()).isEqualTo(error);
  }

  @Test
  @Rule("1.2")
  default void bytesOfAnySizeAreKeptExactly(StorageScene scene) {
    Random random = new Random(42);
    for (int size : List.of(0, 1, 8 * 1024, 1024 * 1024)) {
      byte[] bytes = new byte[size];
      random.nextBytes(bytes);
      roundTrip(scene, Payload.binary(bytes));
    }
  }

  @Test
  @Rule("1.2")
  default void bytesOfEveryValueAreKeptExactly(StorageScene scene) {
    byte[] all = new byte[256];
    for (int i = 0; i < 256; i++) {
      all[i] = (byte) i;
    }
    roundTrip(scene, Payload.binary(all));
    roundTrip(scene, Payload.binary(new byte[100]));
    roundTrip(scene, Payload.of("custom codec/1", all));
    roundTrip(scene, Payload.of(Payload.JSON, all));
  }

  @Test
  @Rule("1.2")
  default void nothingIsNotTheSameAsEmpty(StorageScene scene) {
    roundTrip(scene, null);
    roundTrip(scene, Payload.binary(new byte[0]));
    roundTrip(scene, Payload.json("null"));
    roundTrip(scene, Payload.json(""));
  }

  @Test
  @Rule("1.2")
  default void jsonIsKeptByteForByte(StorageScene scene) {
    for (String document :
        List.of(
            "{\"b\" : 1,\n \"a\":2.00, \"b\":1e400, \"c\":-0.0}",
            "{\"nul\":\"\\u0000\"}",
            "{\"half\":\"\\ud800 and \\udc00\"}",
            "{\"\\u0000key\":[12345678901234567890.12345678901234567890]}",
            "\"emoji \uD83D\uDE00, \u05E2\u05D1\u05E8\u05D9\u05EA, e\u0301, \u2028\"",
            "  [ ]  ",
            "not json at all {",
            "{\"__type\":\"Uint8Array\",\"data\":\"AAAA\"}",
            "[".repeat(3000) + "]".repeat(3000),
            "\uFEFF{}")) {
      roundTrip(scene, Payload.json(document));
    }
  }

  @Test
  @Rule("L9")
  default void textsForPeopleLoseWhatNoStoreKeeps(StorageScene scene) {
    RunId run = scene.running();
    Event asked =
        scene
            .accept(
                run, Drafts.of(null, new Fact.CancelRequested("nul \0, half \ud800, \uD83D\uDE00")))
            .getFirst();
    assertThat(asked.fact())
        .isEqualTo(new Fact.CancelRequested("nul \uFFFD, half \uFFFD, \uD83D\uDE00"));
    scene.accept(run, Drafts.of(null, new Fact.RunFailed(Drafts.ERROR, "a\0b")));
    assertThat(scene.view(run).errorCode()).isEqualTo("a\uFFFDb");
    assertThat(scene.log(run).get(2)).isEqualTo(asked);
  }

  @Test
  @Rule("L9")
  default void aReasonOfAStallMayBeAnyText(StorageScene scene) {
    Owned owned = scene.owned();
    scene
        .storage()
        .stall(
            owned.worker(),
            owned.run(),
            owned.epoch(),
            Long.MAX_VALUE,
            new Stall(StallCause.CODE, "x".repeat(100_000) + " \0 \ud800", Duration.ZERO));
    assertThat(Objects.requireNonNull(scene.view(owned.run()).stalledReason()))
        .startsWith("x".repeat(1000));
  }

  @Test
  @Rule("ID-3")
  default void namesAreKeptAsTheyAre(StorageScene scene) {
    for (String name :
        List.of(
            "123",
            "true",
            "null",
            "NULL",
            "undefined",
            " a // b \"c\" 'd' %e% [f] {g} \\ $1 ?",
            "\u05E2\u05D1\u05E8\u05D9\u05EA \uD83D\uDE00\n\t",
            "n".repeat(1000))) {
      RunId run = scene.runId();
      scene.accept(
          run,
          Drafts.of(
              null,
              new Fact.RunCreated(
                  name,
                  name,
                  6,
                  name,
                  null,
                  null,
                  null,
                  Map.of(name, AttributeValue.of(name)),
                  null)),
          Drafts.of("step_1", new Fact.StepCreated(new Site(name, name, 0), null)),
          Drafts.of("wait_1", new Fact.WaitCreated(new Site(name, name, 1), Instant.EPOCH)));
      RunRecord view = scene.view(run);
      assertThat(view.workflow()).isEqualTo(name);
      assertThat(view.deploymentId()).isEqualTo(name);
      assertThat(view.taskQueue()).isEqualTo(name);
      assertThat(view.attributes()).isEqualTo(Map.of(name, AttributeValue.of(name)));
      assertThat(scene.storage().step(run, "step_1").orElseThrow().name()).isEqualTo(name);
      assertThat(scene.storage().waits(run).getFirst().name()).isEqualTo(name);
    }
  }

  @Test
  @Rule("ID-3")
  default void tokensMayBeLongAndInAnyScript(StorageScene scene) {
    RunId run = scene.running();
    String unique = scene.token();
    List<String> tokens =
        List.of(
            unique + "x".repeat(4096 - unique.length()),
            unique + "\u4E2D".repeat(4096 - unique.length()),
            unique + random(4096 - unique.length()),
            unique + "'; drop table workflow_hooks; --",
            unique + "/a:b\"c\\d\uD83D\uDE00{e}\r\n");
    for (int i = 0; i < tokens.size(); i++) {
      String token = tokens.get(i);
      Event event = scene.accept(run, Drafts.hookCreated("hook_" + i, token)).getFirst();
      assertThat(event.type()).isEqualTo(EventType.HOOK_CREATED);
      assertThat(scene.storage().hookByToken(token).orElseThrow().token()).isEqualTo(token);
      StorageScene.accepted(scene.resume(token, Drafts.hookReceived(null)));
    }
    invalid(() -> scene.accept(run, Drafts.hookCreated("hook_x", "x".repeat(4097))));
    invalid(() -> scene.accept(run, Drafts.hookCreated("hook_x", "")));
    invalid(() -> scene.accept(run, Drafts.hookCreated("hook_x", "a\0b")));
  }

  /** Text that does not compress, so that no index entry is small by luck. */
  private static String random(int length) {
    return new Random(7)
        .ints(length, 33, 126)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @Test
  @Rule("ID-3")
  default void unsafeIdsAreRefused(StorageScene scene) {
    RunId run = scene.running();
    for (String id : List.of("", "..", "a.b", "a/b", "a\\b", "a\0b", "x".repeat(256), "\ud800")) {
      invalid(() -> scene.append(run, Drafts.stepCreated(id)));
    }
    assertThat(scene.log(run)).hasSize(2);
    scene.accept(run, Drafts.stepCreated("x".repeat(255)));
    scene.accept(run, Drafts.stepCreated("Ünïcode id:\uD83D\uDE00"));
  }

  /** Of one, two, three and four bytes a character: a limit holds of what a store has to keep. */
  @Test
  @Rule("ID-5")
  default void theLongestNameOfAWorkflowIsKeptAndALongerOneRefused(StorageScene scene) {
    for (String letter : List.of("x", "é", "字", "\uD83D\uDE00")) {
      int bytes = letter.getBytes(StandardCharsets.UTF_8).length;
      String longest = letter.repeat(1_000 / bytes) + "x".repeat(1_000 % bytes);
      RunId run = scene.runId();
      scene.accept(run, Drafts.created(longest));
      assertThat(scene.view(run).workflow()).isEqualTo(longest);
      RunFilter ofThatName = Runs.of(longest);
      assertThat(scene.storage().runs(ofThatName, PageRequest.newestFirst()).items())
          .extracting(RunRecord::id)
          .containsExactly(run);
      RunId other = scene.runId();
      invalid(() -> scene.append(other, Drafts.created(longest + letter)));
      assertThat(scene.storage().run(other)).isEmpty();
    }
  }

  @Test
  @Rule("1.2")
  default void timesNoStoreKeepsAreRefused(StorageScene scene) {
    RunId run = scene.running();
    invalid(() -> scene.append(run, Drafts.waitCreated("wait_1", Instant.MAX)));
    invalid(() -> scene.append(run, Drafts.waitCreated("wait_1", Instant.MIN)));
    assertThat(scene.log(run)).hasSize(2);
  }

  @Test
  @Rule({"8.11", "1.2"})
  default void aVeryLargePayloadIsKeptExactly(StorageScene scene) {
    byte[] bytes = new byte[Harness.sized(4, 32) << 20];
    new Random(42).nextBytes(bytes);
    RunId run = scene.running();
    Payload payload = Payload.binary(bytes);
    scene.accept(
        run, Drafts.of("step_1", new Fact.StepCompleted(Site.named("s"), 1, null, payload)));
    assertThat(scene.peer().step(run, "step_1").orElseThrow().output()).isEqualTo(payload);
    assertThat(scene.log(run).getLast().fact())
        .isEqualTo(new Fact.StepCompleted(Site.named("s"), 1, null, payload));
  }

  @Test
  @Rule({"8.11", "1.2"})
  default void theZoneOfAProcessChangesNoTime(StorageScene scene) {
    RunId run = scene.running();
    TimeZone zone = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
      Storage abroad = scene.stage().another();
      Instant switched = Instant.parse("2026-11-01T05:30:00.123456Z");
      for (int hour = 0; hour < 3; hour++) {
        Instant time = switched.plus(Duration.ofHours(hour));
        Draft draft =
            new Draft("wait_" + hour, time, new Fact.WaitCreated(Site.named("sleep"), time));
        AppendResult result =
            StorageScene.append(abroad, StorageScene.batch(run, Authority.ANYONE, draft));
        Event event = StorageScene.accepted(result).events().getFirst();
        assertThat(event.occurredAt()).isEqualTo(time);
        assertThat(scene.log(run).getLast()).isEqualTo(event);
        assertThat(scene.storage().waits(run).get(hour).resumeAt()).isEqualTo(time);
      }
      assertThat(StorageScene.log(abroad, run)).isEqualTo(scene.log(run));
      assertThat(abroad.run(run)).contains(scene.view(run));
    } finally {
      TimeZone.setDefault(zone);
    }
  }
}
