package dev.fantasticfour.world.core.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.config.Secrets;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.engine.program.Definition;
import dev.fantasticfour.world.core.engine.replay.Replay;
import dev.fantasticfour.world.core.engine.replay.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A history told to code that was changed, or that is not deterministic, without any store. */
class ReplayTest {

  private static final HookType<String> HOOK = HookType.of("approval", String.class);
  private static final StepType<String, String> QUEUED =
      StepType.of("queued", String.class, String.class).queued();
  private static final Duration HOUR = Duration.ofHours(1);

  private List<Event> ended;
  private List<Event> open;

  private static String step(WorkflowContext ctx, String name) {
    return ctx.step(
        name,
        String.class,
        s -> {
          throw new AssertionError("the body of step " + name + " was run");
        });
  }

  private static String original(WorkflowContext ctx, String token, Duration sleep) {
    String a = step(ctx, "a");
    ctx.sleep(sleep);
    Hook<String> hook = ctx.hook(HOOK, token);
    String payload = hook.await();
    hook.close();
    return a + payload + step(ctx, "b");
  }

  private static String original(WorkflowContext ctx, String input) {
    return original(ctx, "token-1", HOUR);
  }

  @BeforeEach
  void history() {
    try (Rig rig = new Rig(ReplayTest::original)) {
      rig.finish("a", "A");
      rig.ring();
      open = rig.stage().log();
      rig.resume("token-1", "P");
      rig.finish("b", "B");
      ended = rig.stage().log();
    }
    assertThat(ended.getLast().type()).isEqualTo(EventType.RUN_COMPLETED);
  }

  private static Replay replay(Workflow<String, String> code, List<Event> log) {
    return new Replay(
        new Definition<>(Interpreter.TYPE, code, Map.of()),
        new JacksonPayloadCodec(),
        Thread.ofVirtual()::unstarted,
        log);
  }

  private static long position(List<Event> log, EventType type) {
    return log.stream().filter(event -> event.type() == type).findFirst().orElseThrow().position();
  }

  @Test
  void theCodeThatWroteAHistoryAgreesBehindEveryBatch() {
    assertThat(replay(ReplayTest::original, ended).everywhere())
        .isEqualTo(new Verdict.Agrees(ended.size()));
    assertThat(replay(ReplayTest::original, open).everywhere())
        .isEqualTo(new Verdict.Agrees(open.size()));
  }

  @Test
  void aStepThatWasRemovedIsNamedWithWhatTheCodeAsksForInstead() {
    Verdict verdict =
        replay(
                (ctx, in) -> {
                  ctx.sleep(HOUR);
                  return "";
                },
                ended)
            .verdict();

    assertThat(verdict).isInstanceOf(Verdict.Diverges.class);
    assertThat(verdict.position()).isEqualTo(position(ended, EventType.STEP_COMPLETED));
    assertThat(verdict.recorded()).contains("step 'a'");
    assertThat(verdict.asked()).contains("wait 'sleep'", "ReplayTest.java:");
    assertThat(verdict.explanation()).contains("removed").doesNotContain("The run stands");
  }

  @Test
  void requestsThatNobodyAsksForAgainAreLeftUnread() {
    Verdict verdict =
        replay(
                (ctx, in) -> {
                  String a = step(ctx, "a");
                  ctx.sleep(HOUR);
                  return ctx.hook(HOOK, "token-1").await() + a + step(ctx, "b");
                },
                open)
            .verdict();
    assertThat(verdict.agrees()).isTrue();

    Verdict unclosed =
        replay(
                (ctx, in) -> {
                  String a = step(ctx, "a");
                  ctx.sleep(HOUR);
                  Hook<String> hook = ctx.hook(HOOK, "token-1");
                  return hook.await() + a + step(ctx, "b") + hook.await();
                },
                ended)
            .verdict();
    assertThat(unclosed).isInstanceOf(Verdict.LeavesUnread.class);
    assertThat(unclosed.recorded()).contains("hook 'approval'");
  }

  @Test
  void codeThatReturnsWhereHistoryGoesOnEndsEarly() {
    Verdict verdict = replay((ctx, in) -> step(ctx, "a"), ended).verdict();

    assertThat(verdict).isInstanceOf(Verdict.EndsEarly.class);
    assertThat(verdict.recorded()).contains("wait");
    assertThat(verdict.asked()).contains("run_completed");
  }

  @Test
  void codeThatThrowsWhereHistoryGoesOnEndsEarly() {
    Verdict verdict =
        replay(
                (ctx, in) -> {
                  throw new IllegalStateException(step(ctx, "a"));
                },
                ended)
            .verdict();

    assertThat(verdict).isInstanceOf(Verdict.EndsEarly.class);
    assertThat(verdict.asked()).contains("run_failed", "IllegalStateException");
  }

  @Test
  void anotherResultThanTheRecordedOneIsADifference() {
    Verdict verdict = replay((ctx, in) -> original(ctx, in) + "!", ended).verdict();

    assertThat(verdict).isInstanceOf(Verdict.EndsDifferently.class);
    assertThat(verdict.position()).isEqualTo(ended.size());
    assertThat(verdict.recorded()).contains("run_completed");
  }

  @Test
  void codeThatGoesOnWhereTheRunEndedIsNamedWithWhatItAsksFor() {
    Verdict verdict = replay((ctx, in) -> original(ctx, in) + step(ctx, "c"), ended).verdict();

    assertThat(verdict).isInstanceOf(Verdict.EndsDifferently.class);
    assertThat(verdict.asked()).contains("step 'c'");
  }

  @Test
  void anotherTokenIsTheSameDifferenceAsInARun() {
    Verdict verdict = replay((ctx, in) -> original(ctx, "token-2", HOUR), ended).verdict();

    assertThat(verdict).isInstanceOf(Verdict.Diverges.class);
    assertThat(verdict.position()).isEqualTo(position(ended, EventType.HOOK_CREATED));
    assertThat(verdict.recorded()).contains(Secrets.fingerprint("token-1"));
    assertThat(verdict.asked()).contains(Secrets.fingerprint("token-2"));
  }

  @Test
  void whatARunMayDoOtherwiseIsFoundBehindEveryBatchOnly() {
    Replay longer = replay((ctx, in) -> original(ctx, "token-1", HOUR.multipliedBy(2)), ended);

    assertThat(longer.verdict().agrees()).isTrue();
    assertThat(longer.everywhere()).isInstanceOf(Verdict.Diverges.class);
    assertThat(longer.everywhere().position()).isEqualTo(position(ended, EventType.WAIT_CREATED));
  }

  @Test
  void anInputThatComesOfChanceIsFoundBehindTheBatchBeforeIt() {
    AtomicInteger chance = new AtomicInteger();
    Workflow<String, String> code =
        (ctx, in) -> {
          String a = step(ctx, "a");
          return a + ctx.step(QUEUED, "input " + chance.incrementAndGet());
        };
    List<Event> log;
    try (Rig rig = new Rig(code)) {
      rig.isLeftToChance();
      rig.finish("a", "A");
      log = rig.stage().log();
    }

    assertThat(replay(code, log).verdict().agrees()).isTrue();
    Verdict verdict = replay(code, log).everywhere();
    assertThat(verdict).isInstanceOf(Verdict.Diverges.class);
    assertThat(verdict.position()).isEqualTo(position(log, EventType.STEP_CREATED));
    assertThat(verdict.explanation()).contains("random numbers");
  }

  /** The run is past the change in every prefix, also in those that do not say so yet. */
  @Test
  void aHistoryThatTwoBuildsHaveWrittenAgreesWithTheOneThatHasTheMarker() {
    Workflow<String, String> before =
        (ctx, in) -> step(ctx, "a") + ctx.hook(HOOK, "token-1").await();
    Workflow<String, String> after =
        (ctx, in) -> {
          String a = step(ctx, "a");
          String more = ctx.changed("more") ? step(ctx, "more") : "";
          return a + more + ctx.hook(HOOK, "token-1").await() + step(ctx, "b");
        };
    List<Event> log;
    try (Rig rig = new Rig(before)) {
      rig.finish("a", "A");
      rig.reload(after);
      rig.resume("token-1", "P");
      rig.finish("b", "B");
      log = rig.stage().log();
    }
    assertThat(log).extracting(Event::type).contains(EventType.CHANGE_MARKED);

    assertThat(replay(after, log).everywhere()).isEqualTo(new Verdict.Agrees(log.size()));
  }

  @Test
  void aPrefixIsComparedWithTheBatchBehindIt() {
    Replay later = replay((ctx, in) -> original(ctx, in) + step(ctx, "c"), ended);

    assertThat(later.upTo(1).agrees()).isTrue();
    assertThat(later.upTo(ended.size() - 1)).isInstanceOf(Verdict.EndsDifferently.class);
  }

  @Test
  void aLogThatDoesNotBeginWithARunIsRefused() {
    assertThatThrownBy(() -> replay(ReplayTest::original, List.of()))
        .hasMessageContaining("without events");
    List<Event> rest = ended.subList(1, ended.size());
    Replay cut = replay(ReplayTest::original, rest);
    assertThatThrownBy(cut::verdict).hasMessageContaining("begins with run_created");
  }
}
