package dev.fantasticfour.world.tck.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.error.RunCancelledException;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.run.Deadline;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.tck.Rule;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Runs that are to have ended by a time. */
public interface DeadlineChapter {

  /** What nobody sends. */
  HookType<String> NEVER = HookType.of("never", String.class);

  private static Run<String> start(
      WorldScene scene, WorkflowType<String, String> type, Duration deadline) {
    return scene.start(scene.client(), type, "in", o -> o.deadline(deadline));
  }

  /** CXL-5. */
  @Test
  @Rule("EN-32")
  default void aRunIsAskedToCancelItselfWhenItsDeadlinePasses(WorldScene scene) {
    WorkflowType<String, String> type = scene.type("waits");
    Peer unused = scene.peer(type, (ctx, in) -> ctx.hook(NEVER).await());
    Run<String> run = start(scene, type, Duration.ofMillis(300));

    assertThatExceptionOfType(RunCancelledException.class)
        .isThrownBy(() -> scene.result(run))
        .withMessageContaining(Deadline.REASON);

    RunRecord ended = scene.view(run);
    assertThat(ended.reason()).isEqualTo(Deadline.REASON);
    assertThat(ended.completedAt()).isAfterOrEqualTo(Objects.requireNonNull(ended.deadline()));
    assertThat(scene.types(run)).containsOnlyOnce(EventType.CANCEL_REQUESTED);
  }

  @Test
  @Rule("EN-32")
  default void aRunThatEndsInTimeHearsNothingOfItsDeadline(WorldScene scene) {
    WorkflowType<String, String> type = scene.type("quick");
    Peer unused = scene.peer(type, (ctx, in) -> ctx.step("s", String.class, s -> in + "!"));
    Run<String> run = start(scene, type, Duration.ofHours(1));
    assertThat(scene.result(run)).isEqualTo("in!");
    assertThat(scene.types(run)).doesNotContain(EventType.CANCEL_REQUESTED);
    assertThat(scene.view(run).deadline())
        .as("by the clock of whoever started it")
        .isAfter(scene.log(run).getFirst().occurredAt().plus(Duration.ofMinutes(59)));
  }

  /** It counts from the start, and holds also for a run that nobody has taken by then. */
  @Test
  @Rule("EN-32")
  default void aRunThatIsTakenAfterItsDeadlineIsAskedAtOnce(WorldScene scene) {
    WorkflowType<String, String> type = scene.type("late");
    Run<String> run = start(scene, type, Duration.ofMillis(1));
    Peer unused = scene.peer(type, (ctx, in) -> ctx.hook(NEVER).await());
    assertThatExceptionOfType(RunCancelledException.class).isThrownBy(() -> scene.result(run));
  }

  /** What goes on in its place has no more time than it. */
  @Test
  @Rule({"EN-31", "EN-32"})
  default void aChainHasOneDeadline(WorldScene scene) {
    WorkflowType<String, String> type = scene.type("goes on");
    Peer unused =
        scene.peer(
            type,
            (ctx, in) -> {
              if (in.equals("in")) {
                throw ctx.continueAsNew(type, "next");
              }
              return ctx.hook(NEVER).await();
            });
    Run<String> run = start(scene, type, Duration.ofMillis(500));
    assertThatExceptionOfType(RunCancelledException.class)
        .isThrownBy(() -> scene.result(run))
        .withMessageContaining(Deadline.REASON);
  }
}
