package dev.fantasticfour.world.core.engine.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.Site;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a log says the code has asked for. */
class RecordedTest {

  private static final Instant LATER = Instant.parse("2026-03-02T12:00:00Z");
  private static final Payload ERROR = Payload.json("{}");

  private static Site site(String name, int index) {
    return new Site(name, "", index);
  }

  private static Fact done(String name, int index) {
    return new Fact.StepCompleted(site(name, index), 1, null, null);
  }

  private static Recorded of(Logs logs) {
    return new Recorded(logs.log());
  }

  @Test
  void whatIsNotRecordedIsNew() {
    assertThat(Recorded.nothing().ask(EntityKind.STEP, "s", site("a", 0))).isEmpty();
  }

  @Test
  void aStepIsKnownByItsOutcomeAlone() {
    Recorded recorded = of(new Logs().owner("b", 0, "s", done("a", 0)));

    assertThat(recorded.ask(EntityKind.STEP, "s", site("a", 0))).isPresent();
  }

  @Test
  void anotherNameInItsPlaceDiverges() {
    Recorded recorded = of(new Logs().owner("b", 0, "s", done("a", 0)));

    assertThatThrownBy(() -> recorded.ask(EntityKind.STEP, "other", site("b", 0)))
        .isInstanceOf(Divergence.class)
        .hasMessageContaining("'a'")
        .hasMessageContaining("'b'");
  }

  @Test
  void anotherKindInItsPlaceDiverges() {
    Recorded recorded = of(new Logs().owner("b", 0, "s", done("a", 0)));

    assertThatThrownBy(() -> recorded.ask(EntityKind.WAIT, "w", site("a", 0)))
        .isInstanceOf(Divergence.class)
        .hasMessageContaining("step 'a'")
        .hasMessageContaining("wait 'a'");
  }

  @Test
  void aRequestInAGapDiverges() {
    Recorded recorded = of(new Logs().owner("b", 0, "s", done("a", 1)));

    assertThatThrownBy(() -> recorded.ask(EntityKind.STEP, "x", site("x", 0)))
        .isInstanceOf(Divergence.class)
        .hasMessageContaining("inserted");
  }

  @Test
  void anotherBranchIsAnotherPlace() {
    Recorded recorded = of(new Logs().owner("b", 0, "s", done("a", 0)));

    assertThat(recorded.ask(EntityKind.STEP, "x", new Site("a", "/0", 0))).isEmpty();
  }

  @Test
  void whatWasNotAskedForAgainIsMissed() {
    Recorded recorded = of(new Logs().owner("b", 0, "s", done("a", 0)));

    assertThatThrownBy(recorded::checkComplete)
        .isInstanceOf(Divergence.class)
        .hasMessageContaining("'a'");
  }

  @Test
  void whatWasNotGivenUpAgainIsMissed() {
    Recorded recorded =
        of(
            new Logs()
                .owner("b", 0, "w", new Fact.WaitCreated(site("sleep", 0), LATER))
                .owner("c", 1, "w", new Fact.WaitCancelled()));
    var unused = recorded.ask(EntityKind.WAIT, "w", site("sleep", 0));

    assertThatThrownBy(recorded::checkComplete)
        .isInstanceOf(Divergence.class)
        .hasMessageContaining("closed or cancelled");
  }

  @Test
  void whatWasAskedForAndGivenUpAgainIsComplete() {
    Recorded recorded =
        of(
            new Logs()
                .owner("b", 0, "w", new Fact.WaitCreated(site("sleep", 0), LATER))
                .owner("c", 1, "w", new Fact.WaitCancelled()));
    var unused = recorded.ask(EntityKind.WAIT, "w", site("sleep", 0));

    assertThat(recorded.gaveUp("w")).isTrue();
    recorded.checkComplete();
  }

  @Test
  void theNextAttemptFollowsTheLastThatFailed() {
    Recorded recorded =
        of(new Logs().owner("b", 0, "s", new Fact.StepRetrying(site("a", 0), 2, ERROR, LATER)));

    RecordedRequest request = recorded.ask(EntityKind.STEP, "s", site("a", 0)).orElseThrow();

    assertThat(request.attempt()).isEqualTo(3);
    assertThat(request.retryAt()).isEqualTo(LATER);
  }

  @Test
  void anAttemptThatWasUnderWayIsTakenAgain() {
    Recorded recorded =
        of(new Logs().owner("b", 0, "s", new Fact.StepStarted(site("a", 0), 2, "worker")));

    assertThat(recorded.ask(EntityKind.STEP, "s", site("a", 0)).orElseThrow().attempt())
        .isEqualTo(2);
  }

  @Test
  void theOutcomeOfAQueuedStepSettlesIt() {
    Recorded recorded =
        of(
            new Logs()
                .owner("b", 0, "s", new Fact.StepCreated(site("q", 0), null))
                .others("s", new Fact.StepCompleted(null, 1, null, null)));

    assertThat(recorded.ask(EntityKind.STEP, "s", site("q", 0)).orElseThrow().settled()).isTrue();
  }

  @Test
  void aTokenIsRememberedAlsoWhenItWasTaken() {
    Recorded recorded =
        of(new Logs().owner("b", 0, "h", new Fact.HookConflict(site("h", 0), "token", "other")));

    assertThat(recorded.ask(EntityKind.HOOK, "h", site("h", 0)).orElseThrow().token())
        .isEqualTo("token");
  }
}
