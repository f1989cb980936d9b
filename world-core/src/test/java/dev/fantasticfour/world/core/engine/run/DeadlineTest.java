package dev.fantasticfour.world.core.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.error.CancelledException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.Deadline;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What becomes of a run that has not ended by its deadline. */
class DeadlineTest {

  private static final Instant DEADLINE = Stage.BEGIN.plus(Duration.ofHours(1));

  /** Waits for ever, and goes on waiting when it is asked to cancel itself. */
  private static final Workflow<String, String> STUBBORN =
      (ctx, in) -> {
        try {
          ctx.sleep(Duration.ofDays(100));
        } catch (CancelledException e) {
          ctx.sleep(Duration.ofDays(100));
        }
        return "ended";
      };

  private static final Workflow<String, String> OBEDIENT =
      (ctx, in) -> {
        ctx.sleep(Duration.ofDays(100));
        return "ended";
      };

  private static String[] reasons(Rig rig) {
    return rig.stage().log().stream()
        .map(Event::fact)
        .map(
            fact ->
                switch (fact) {
                  case Fact.CancelRequested asked -> "asked: " + asked.reason();
                  case Fact.RunTerminated over -> "terminated: " + over.reason();
                  default -> "";
                })
        .filter(text -> !text.isEmpty())
        .toArray(String[]::new);
  }

  @Test
  @DisplayName("CXL-5 When its deadline passes a run is asked to cancel itself")
  void aRunIsAskedToCancelItself() {
    try (Rig rig = new Rig(DEADLINE, OBEDIENT)) {
      rig.ring();
      assertThat(rig.stage().now()).isEqualTo(DEADLINE);
      assertThat(reasons(rig)).containsExactly("asked: deadline");
      assertThat(rig.view().status()).isEqualTo(RunStatus.CANCELLED);
      assertThat(rig.view().reason()).isEqualTo(Deadline.REASON);
    }
  }

  @Test
  @DisplayName("CXL-5 A run that does not cancel itself is terminated after the grace")
  void aRunThatDoesNotIsTerminated() {
    try (Rig rig = new Rig(DEADLINE, STUBBORN)) {
      rig.ring();
      assertThat(rig.view().status()).isEqualTo(RunStatus.RUNNING);
      rig.ring();
      assertThat(rig.stage().now()).isEqualTo(DEADLINE.plus(Deadline.GRACE));
      assertThat(reasons(rig)).containsExactly("asked: deadline", "terminated: deadline");
      assertThat(rig.view().status()).isEqualTo(RunStatus.CANCELLED);
      assertThat(rig.execution().presence().isOver()).isTrue();
    }
  }

  @Test
  void whoeverTakesItOverGoesOnWithItsDeadline() {
    try (Rig rig = new Rig(DEADLINE, STUBBORN)) {
      assertThat(rig.view().dueAt()).isEqualTo(DEADLINE);
      rig.reload(STUBBORN);
      rig.ring();
      assertThat(rig.view().dueAt()).isEqualTo(DEADLINE.plus(Deadline.GRACE));
      rig.reload(STUBBORN);
      rig.ring();
      assertThat(reasons(rig)).containsExactly("asked: deadline", "terminated: deadline");
    }
  }

  @Test
  void aRunThatIsFoundLongAfterItsDeadlineHasTheWholeGrace() {
    try (Rig rig = new Rig(DEADLINE, STUBBORN)) {
      rig.execution().detach();
      rig.settle();
      rig.stage().pass(Duration.ofDays(2));
      rig.load(STUBBORN);
      assertThat(reasons(rig)).containsExactly("asked: deadline");
      assertThat(rig.host().alarm()).isEqualTo(rig.stage().now().plus(Deadline.GRACE));
    }
  }

  @Test
  void aRunThatWasAskedBeforeIsNotAskedAgain() {
    try (Rig rig = new Rig(DEADLINE, STUBBORN)) {
      rig.cancel("enough");
      rig.ring();
      assertThat(rig.stage().now()).isEqualTo(DEADLINE.plus(Deadline.GRACE));
      assertThat(reasons(rig)).containsExactly("asked: enough", "terminated: deadline");
    }
  }

  @Test
  void aRunThatEndsInTimeHearsNothingOfIt() {
    try (Rig rig = new Rig(DEADLINE, (ctx, in) -> ctx.step("s", String.class, s -> "x"))) {
      rig.finish("s", "done");
      assertThat(rig.words())
          .containsExactly("run_created", "run_started", "step_completed", "run_completed");
    }
  }

  @Test
  void aStepThatTakesLongerDoesNotKeepItFromBeingAsked() {
    try (Rig rig = new Rig(DEADLINE, (ctx, in) -> ctx.step("s", String.class, s -> "x"))) {
      rig.ring();
      assertThat(reasons(rig)).containsExactly("asked: deadline");
      assertThat(rig.view().status()).isEqualTo(RunStatus.CANCELLED);
    }
  }

  @Test
  @DisplayName("CAN-9 The run that goes on has the deadline of the one before")
  void theRunThatGoesOnHasTheSameDeadline() {
    try (Rig rig =
        new Rig(
            DEADLINE,
            (ctx, in) -> {
              throw ctx.continueAsNew(Interpreter.TYPE, "next");
            })) {
      RunId next = Objects.requireNonNull(rig.view().continuedTo());
      RunRecord after = rig.stage().storage().run(next).orElseThrow();
      assertThat(after.deadline()).isEqualTo(DEADLINE);
    }
  }
}
