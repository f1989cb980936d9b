package dev.fantasticfour.world.core.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.UpdateFact;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.run.UpdateStatus;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.UpdateType;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Updates of a run whose code is built up again in between, or was changed. */
class UpdateReplayTest {

  private static final UpdateType<String, String> CHANGE =
      UpdateType.of("change", String.class, String.class);
  private static final HookType<String> END = HookType.of("end", String.class);

  private final AtomicInteger looks = new AtomicInteger();

  private String takes(WorkflowContext ctx, String input) {
    ctx.onUpdate(CHANGE, this::look, UpdateReplayTest::handle);
    return end(ctx);
  }

  private void look(String request) {
    looks.incrementAndGet();
    if (request.startsWith("bad")) {
      throw new IllegalArgumentException(request + " is not wanted");
    }
  }

  private static String handle(WorkflowContext ctx, String request) {
    String first = ctx.step("first", String.class, s -> "unused");
    ctx.sleep(Duration.ofHours(1));
    return request + first + ctx.step("second", String.class, s -> "unused");
  }

  private static String end(WorkflowContext ctx) {
    try (Hook<String> hook = ctx.hook(END, "end")) {
      return hook.await();
    }
  }

  @Test
  @DisplayName("UPD-4: a handler goes on after an eviction, and there is one answer")
  void aHandlerGoesOnAfterAnEviction() throws Exception {
    try (Rig rig = new Rig(this::takes)) {
      rig.ask("req-7", "change", "q");
      rig.finish("first", "1");
      rig.evict();
      rig.load(this::takes);
      rig.ring();
      rig.finish("second", "2");

      assertThat(rig.update("req-7").status()).isEqualTo(UpdateStatus.COMPLETED);
      assertThat(String.valueOf(rig.update("req-7").result().text())).isEqualTo("\"q12\"");
      assertThat(rig.words()).containsOnlyOnce("update_accepted", "update_completed");
      assertThat(looks.get()).as("the verdict is recorded").isEqualTo(1);
    }
  }

  @Test
  @DisplayName("UPD-3: an update that nobody takes waits, also across an eviction")
  void anUpdateThatNobodyTakesWaitsAcrossAnEviction() throws Exception {
    Workflow<String, String> late =
        (ctx, in) -> {
          ctx.sleep(Duration.ofHours(1));
          ctx.onUpdate(CHANGE, (c, q) -> "answer to " + q);
          return end(ctx);
        };
    try (Rig rig = new Rig(late)) {
      rig.ask("early", "change", "q");
      assertThat(rig.update("early").status()).isEqualTo(UpdateStatus.REQUESTED);
      rig.evict();
      rig.load(late);
      rig.ring();

      assertThat(rig.update("early").result().text()).isEqualTo("\"answer to q\"");
    }
  }

  @Test
  void theOrderInWhichUpdatesComeShiftsNoIdentity() {
    List<String> forth = stepsOf("a", "b");
    List<String> back = stepsOf("b", "a");

    assertThat(forth).hasSize(2).doesNotHaveDuplicates().isEqualTo(back);
  }

  private List<String> stepsOf(String one, String other) {
    try (Rig rig = new Rig(this::takes)) {
      rig.ask(one, "change", "q");
      rig.ask(other, "change", "q");
      rig.finish("first", "1");
      rig.finish("first", "1");
      return rig.stage().log().stream()
          .filter(event -> event.fact() instanceof Fact.StepCompleted)
          .map(event -> String.valueOf(event.correlationId()))
          .sorted()
          .toList();
    }
  }

  @Test
  void acceptanceAndAnswerShareABatchWhereTheHandlerAsksForNothing() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              ctx.onUpdate(CHANGE, (c, q) -> q + q);
              return end(ctx);
            })) {
      rig.ask("u", "change", "q");

      List<Event> about =
          rig.stage().log().stream().filter(e -> "u".equals(e.correlationId())).toList();
      assertThat(about).hasSize(3);
      assertThat(about.get(1).batchId()).isEqualTo(about.get(2).batchId());
      assertThat(about.get(1).fact()).isEqualTo(new UpdateFact.Accepted());
    }
  }

  @Test
  void aRejectedUpdateChangesNothingAndIsNotLookedAtAgain() throws Exception {
    try (Rig rig = new Rig(this::takes)) {
      rig.ask("u", "change", "bad one");
      assertThat(rig.update("u").status()).isEqualTo(UpdateStatus.REJECTED);
      rig.evict();
      rig.load(this::takes);
      rig.resume("end", "done");

      assertThat(looks.get()).isEqualTo(1);
      assertThat(rig.view().output().text()).isEqualTo("\"done\"");
    }
  }

  @Test
  void codeThatNoLongerTakesWhatItTookStands() throws Exception {
    try (Rig rig = new Rig(this::takes)) {
      rig.ask("u", "change", "q");
      rig.finish("first", "1");
      rig.evict();
      rig.load((ctx, in) -> end(ctx));

      assertThat(rig.host().stalled()).contains("took update 'u'", "onUpdate", "removed");
    }
  }

  @Test
  void codeThatNoLongerAnswersWhatItAnsweredStands() throws Exception {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              ctx.onUpdate(CHANGE, (c, q) -> q);
              return end(ctx);
            })) {
      rig.ask("u", "change", "q");
      rig.evict();
      rig.load(
          (ctx, in) -> {
            ctx.onUpdate(
                CHANGE,
                (c, q) -> {
                  c.sleep(Duration.ofHours(1));
                  return q;
                });
            return end(ctx);
          });

      assertThat(rig.host().stalled()).contains("answered update 'u'");
    }
  }

  @Test
  @DisplayName("UPD-7: an end that did not see a request is Stale, and answers it then")
  void theEndAnswersARequestThatCameMeanwhile() {
    try (Rig rig = new Rig((ctx, in) -> end(ctx))) {
      List<AppendResult> asked = new ArrayList<>();
      rig.stage().append(Authority.ANYONE, "unheard", new UpdateFact.Requested("change", null));
      asked.add(
          rig.stage().append(Authority.ANYONE, "other", new UpdateFact.Requested("another", null)));
      rig.resume("end", "done");

      assertThat(asked.getFirst()).isInstanceOf(AppendResult.Appended.class);
      assertThat(rig.view().status()).isEqualTo(RunStatus.COMPLETED);
      assertThat(rig.update("unheard").errorCode()).isEqualTo("RUN_ENDED");
      assertThat(rig.update("other").status()).isEqualTo(UpdateStatus.REJECTED);
      List<Event> log = rig.stage().log();
      assertThat(log.get(log.size() - 2).batchId()).isEqualTo(log.getLast().batchId());
    }
  }
}
