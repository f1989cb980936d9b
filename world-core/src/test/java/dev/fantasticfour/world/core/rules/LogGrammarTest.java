package dev.fantasticfour.world.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.run.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LogGrammarTest {

  private static final RunId RUN = new RunId("r");
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Site SITE = Site.named("s");
  private static final Payload PAYLOAD = Payload.json("1");

  private final List<Event> log = new ArrayList<>();

  LogGrammarTest() {
    add(null, MatrixStates.created(null));
    add(null, new Fact.RunStarted(null));
  }

  private void add(String about, Fact fact) {
    add(about, "b" + log.size(), log.size() + 1, fact);
  }

  private void add(String about, String batch, long position, Fact fact) {
    Instant at = NOW.plusMillis(position);
    log.add(
        new Event(
            RUN,
            position,
            EventIds.of(RUN, position, at),
            at,
            at,
            about,
            batch,
            Event.NOT_BY_OWNER,
            fact));
  }

  private void isLegal() {
    assertThat(LogGrammar.faults(log)).isEmpty();
  }

  private void isIllegal() {
    assertThat(LogGrammar.faults(log)).hasSize(1);
  }

  @Test
  void aWholeLifeIsLegal() {
    add("s", new Fact.StepCreated(SITE, null));
    add("s", new Fact.StepStarted(null, 1, null));
    add("s", new Fact.StepRetrying(null, 1, PAYLOAD, null));
    add("s", new Fact.StepStarted(null, 2, null));
    add("s", new Fact.StepCompleted(null, 2, null, PAYLOAD));
    add("fast", new Fact.StepFailed(SITE, 1, null, PAYLOAD, null));
    add("h", new Fact.HookConflict(SITE, "t", "other"));
    add("h", new Fact.HookCreated(SITE, "t", null, null));
    add("h", new Fact.HookReceived(null));
    add("h", new Fact.HookDisposed());
    add("h2", new Fact.HookCreated(SITE, "t", null, null));
    add("w", new Fact.WaitCreated(SITE, NOW));
    add(null, new Fact.CancelRequested(null));
    add(null, new Fact.CancelRequested(null));
    add("w", new Fact.WaitCancelled());
    add(null, new Fact.RunCancelled(null));
    isLegal();
  }

  @Test
  void nothingFollowsTheEnd() {
    add(null, new Fact.RunCompleted(null));
    add(null, new Fact.CancelRequested(null));
    isIllegal();
  }

  @Test
  void aRunStartsOnce() {
    add(null, new Fact.RunStarted(null));
    isIllegal();
  }

  @Test
  void aStepEndsOnce() {
    add("s", new Fact.StepCompleted(SITE, 1, null, null));
    add("s", new Fact.StepStarted(SITE, 2, null));
    isIllegal();
  }

  @Test
  void aStepIsCreatedBySomethingThatNamesIt() {
    add("s", new Fact.StepStarted(null, 1, null));
    isIllegal();
  }

  @Test
  void aPayloadNeedsALiveHook() {
    add("h", new Fact.HookCreated(SITE, "t", null, null));
    add("h", new Fact.HookDisposed());
    add("h", new Fact.HookReceived(null));
    isIllegal();
  }

  @Test
  void aTokenHasOneLiveHook() {
    add("h", new Fact.HookCreated(SITE, "t", null, null));
    add("h2", new Fact.HookCreated(SITE, "t", null, null));
    isIllegal();
  }

  @Test
  void aWaitCompletesOnce() {
    add("w", new Fact.WaitCreated(SITE, NOW));
    add("w", new Fact.WaitCompleted());
    add("w", new Fact.WaitCompleted());
    isIllegal();
  }

  @Test
  void positionsHaveNoGap() {
    add(null, "b", 4, new Fact.CancelRequested(null));
    isIllegal();
  }

  @Test
  void aBatchStandsTogether() {
    add(null, "b9", 3, new Fact.CancelRequested(null));
    add(null, "b8", 4, new Fact.CancelRequested(null));
    add(null, "b9", 5, new Fact.CancelRequested(null));
    isIllegal();
  }
}
