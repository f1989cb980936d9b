package dev.fantasticfour.world.core.engine.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.HookFact;
import dev.fantasticfour.world.api.event.Site;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** In which order a log is told again. */
class ReplayOrderTest {

  private static final Fact CREATED =
      new Fact.RunCreated("w", "d", 1, "q", null, null, null, Map.of(), null);
  private static final Fact STARTED = new Fact.RunStarted(null);
  private static final Fact DONE = new Fact.StepCompleted(null, 1, null, null);
  private static final Fact RECEIVED = new Fact.HookReceived(null);
  private static final Fact HOOK = new Fact.HookCreated(new Site("h", "", 0), "t", null, null);
  private static final Fact WAIT = new Fact.WaitCreated(new Site("w", "", 1), Instant.EPOCH);

  private static Logs created() {
    return new Logs().others(null, CREATED);
  }

  private static List<Long> told(Logs logs) {
    return positions(ReplayOrder.of(logs.log()).told());
  }

  private static List<Long> untold(Logs logs) {
    return positions(ReplayOrder.of(logs.log()).untold());
  }

  private static List<Long> positions(List<Event> events) {
    return events.stream().map(Event::position).toList();
  }

  @Test
  void recordsAreNotTold() {
    assertThat(told(new Logs().owner("b", 0, null, STARTED).owner("b", 0, "w", WAIT))).isEmpty();
  }

  @Test
  void whatABatchHasSeenComesBeforeItsOutcomes() {
    Logs logs = created().others("h", RECEIVED).owner("b", 2, "s", DONE);

    assertThat(told(logs)).containsExactly(2L, 3L);
  }

  @Test
  void whatABatchHasNotSeenComesAfterItsOutcomesThoughItStandsBeforeThem() {
    Logs logs = created().others("h", RECEIVED).owner("b", 1, "s", DONE).owner("c", 3, "s2", DONE);

    assertThat(told(logs)).containsExactly(3L, 2L, 4L);
  }

  @Test
  void whatNoBatchHasSeenIsLeftForTheLiveRun() {
    Logs logs = new Logs().owner("b", 0, "s", DONE).others("h", RECEIVED);

    assertThat(told(logs)).containsExactly(1L);
    assertThat(untold(logs)).containsExactly(2L);
  }

  @Test
  void theAnswersToABatchComeAfterItsOutcomesThoughTheyStandBeforeThem() {
    Logs logs = new Logs().owner("b", 0, "h", HOOK).owner("b", 0, "s", DONE);

    assertThat(told(logs)).containsExactly(2L, 1L);
  }

  @Test
  void theAnswersToABatchComeBeforeWhatTheNextHasSeen() {
    Logs logs = created().others("x", RECEIVED).owner("b", 1, "h", HOOK).owner("c", 3, "s", DONE);

    assertThat(told(logs)).containsExactly(3L, 2L, 4L);
  }

  @Test
  void batchesInARowAreToldApart() {
    Logs logs =
        new Logs()
            .owner("b", 0, "h", HOOK)
            .owner("c", 1, "s", DONE)
            .owner("c", 1, "h2", HOOK)
            .owner("d", 3, "s2", DONE);

    assertThat(told(logs)).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void aTokenThatWasTakenIsAnAnswer() {
    assertThat(
            ReplayOrder.roleOf(new Logs().others("h", new Fact.HookConflict(null, "t", "r")).at(1)))
        .isEqualTo(ReplayOrder.Role.ANSWER);
  }

  @Test
  void recordsOfOthersAreNeitherToldNorLeft() {
    Logs logs = new Logs().others("s", new Fact.StepStarted(null, 1, "w"));

    assertThat(told(logs)).isEmpty();
    assertThat(untold(logs)).isEmpty();
  }

  @Test
  void whatCameWithTheCreationIsToldBeforeTheCodeBeginsButForACancellation() {
    Logs logs =
        new Logs()
            .owner("born", Event.NOT_BY_OWNER, null, CREATED)
            .owner("born", Event.NOT_BY_OWNER, "h", new HookFact.Carried("t", "h", null, null))
            .owner("born", Event.NOT_BY_OWNER, "h", RECEIVED)
            .owner("born", Event.NOT_BY_OWNER, null, new Fact.CancelRequested("enough"))
            .owner("b", 4, null, STARTED);

    assertThat(positions(ReplayOrder.of(logs.log()).before())).containsExactly(2L, 3L);
    assertThat(told(logs)).containsExactly(4L);
  }
}
