package dev.fantasticfour.world.example.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.RunView;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.Runs;
import dev.fantasticfour.world.test.TestWorld;
import dev.fantasticfour.world.test.rules.WorkflowRules;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Three years of a subscription, in the time of a test. */
@Timeout(90)
final class SubscriptionThroughYearsTest {

  private static final YearMonth FIRST = YearMonth.of(2024, 1);
  private static final int YEAR = 12;

  /** The card is refused then, and another one is there five days later. */
  private static final int REFUSED = 2 * YEAR;

  private final TestWorld w = TestWorld.inMemory(at(endOf(0)));
  private final NotedOffice office = new NotedOffice(w::now);

  @AfterEach
  void close() {
    w.close();
  }

  /** Who begins at the end of January is charged at the end of each month. */
  private static LocalDate endOf(int month) {
    return FIRST.plusMonths(month).atEndOfMonth();
  }

  private static Instant at(LocalDate day) {
    return day.atTime(LocalTime.of(9, 0)).toInstant(ZoneOffset.UTC);
  }

  private static LocalDate dayOf(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }

  private static Subscription wanted(TestWorld world) {
    return Subscription.of("ada", Plan.SOLO, "first card", world.now());
  }

  private static void register(TestWorld world, BackOffice office) {
    SubscriptionApp.register(
        world, new SubscriptionWorkflow(office, BillingCycle.monthly(), Grace.TWELVE_DAYS));
  }

  private SubscriptionDesk opened() {
    register(w, office);
    return new SubscriptionDesk(w.client());
  }

  @Test
  void threeYearsAreThirtySixChargesAndRunsOfAFewEventsEach() {
    SubscriptionDesk desk = opened();
    Run<Farewell> first = desk.subscribe(wanted(w));

    payTo(desk, YEAR + 5);
    assertThat(desk.changePlan("ada", Plan.FAMILY)).isEqualTo(at(endOf(YEAR + 6)));
    payTo(desk, REFUSED - 1);
    mendTheCard(desk);
    payTo(desk, 3 * YEAR - 1);
    assertThat(desk.cancel("ada", "moved")).isEqualTo(at(endOf(3 * YEAR)));
    Run<Farewell> newest = desk.of("ada");

    assertThat(w.result(first))
        .isEqualTo(new Farewell("ada", Status.CANCELLED, 3 * YEAR, at(endOf(3 * YEAR))));
    assertThat(dayOf(w.now())).isEqualTo(endOf(3 * YEAR));
    thatWasCharged();
    thatTheLogsStayedShort(w.client(), first, newest);
    w.check();
  }

  /** Whatever months there are until then are paid, each at its end. */
  private void payTo(SubscriptionDesk desk, int month) {
    w.advanceTo(at(endOf(month)));
    thatIsPaid(desk, month);
  }

  private static void thatIsPaid(SubscriptionDesk desk, int month) {
    Standing standing = desk.await("ada", shown -> true);
    assertThat(standing.paid()).isEqualTo(month + 1);
    assertThat(standing.status()).isEqualTo(Status.ACTIVE);
    assertThat(standing.until()).isEqualTo(at(endOf(month + 1)));
  }

  private void mendTheCard(SubscriptionDesk desk) {
    office.refuse("first card");
    w.advanceTo(at(endOf(REFUSED)));
    Standing standing = desk.await("ada", shown -> true);
    assertThat(standing.status()).isEqualTo(Status.PAST_DUE);
    assertThat(standing.paid()).isEqualTo(REFUSED);
    assertThat(desk.find(SubscriptionWorkflow.STATUS.is("PAST_DUE"))).hasSize(1);
    w.advanceTo(at(endOf(REFUSED).plusDays(5)));
    desk.newCard("ada", "second card");
    w.untilIdle();
    thatIsPaid(desk, REFUSED);
  }

  private void thatWasCharged() {
    assertThat(office.charged.stream().map(each -> each.bill().due()))
        .containsExactlyElementsOf(months().mapToObj(month -> at(endOf(month))).toList());
    assertThat(office.charged.stream().map(each -> dayOf(each.on())))
        .containsExactlyElementsOf(
            months()
                .mapToObj(month -> month == REFUSED ? LocalDate.of(2026, 2, 5) : endOf(month))
                .toList())
        .contains(LocalDate.of(2024, 2, 29), LocalDate.of(2025, 2, 28), LocalDate.of(2025, 3, 31));
    assertThat(office.charged.stream().map(each -> each.bill().cents()))
        .containsExactlyElementsOf(
            months().mapToObj(month -> month < YEAR + 6 ? 9_00L : 15_00L).toList());
    assertThat(office.charged.stream().map(each -> each.bill().card()))
        .containsExactlyElementsOf(
            months().mapToObj(month -> month < REFUSED ? "first card" : "second card").toList());
    assertThat(office.letters.stream().map(SubscriptionThroughYearsTest::dayOf))
        .containsExactly(LocalDate.of(2026, 1, 31), LocalDate.of(2026, 2, 3));
  }

  private static IntStream months() {
    return IntStream.range(0, 3 * YEAR);
  }

  private static void thatTheLogsStayedShort(
      WorldClient client, Run<Farewell> first, Run<Farewell> newest) {
    List<RunRecord> chain =
        client.runs(Runs.chainOf(new RunId(first.id())), PageRequest.oldestFirst()).items();
    assertThat(chain).as("one after each period that was paid").hasSize(3 * YEAR + 1);
    assertThat(chain.getLast().id().value()).isEqualTo(newest.id());
    assertThat(chain).allMatch(run -> run.lastPosition() <= 30);
    assertThat(first.view()).isInstanceOf(RunView.Continued.class);
  }

  @Test
  void whoseCardStaysRefusedLapsesAfterTwelveDaysAndFourLetters() {
    office.refuse("first card");
    Run<Farewell> run = opened().subscribe(wanted(w));

    assertThat(w.result(run)).isEqualTo(new Farewell("ada", Status.LAPSED, 0, at(endOf(0))));

    assertThat(dayOf(w.now())).isEqualTo(endOf(0).plusDays(12));
    assertThat(office.letters).hasSize(4);
    w.check();
  }

  @Test
  void aBankThatDoesNotAnswerForAMonthDelaysNoOtherPeriod() {
    SubscriptionDesk desk = opened();
    w.step("charge").fails(new IOException("nobody answers"));
    desk.subscribe(wanted(w));
    w.advanceTo(at(endOf(1).minusDays(1)));
    assertThat(w.calls("charge")).as("once an hour in the end").hasSizeGreaterThan(24 * 27);

    w.step("charge").thenReturns(Answer.paid("payment"));
    w.advanceTo(at(endOf(2)));

    thatIsPaid(desk, 2);
  }

  @Test
  void whateverIsLostAtWhateverCallWhoPaysADayLateHasPaidOnce() {
    TestWorld.crashEverywhere(
        world -> {
          NotedOffice its = new NotedOffice(world::now);
          its.refuse("first card");
          register(world, its);
          SubscriptionDesk desk = new SubscriptionDesk(world.client());
          Run<Farewell> first = desk.subscribe(wanted(world));
          world.advance(Duration.ofDays(1));
          desk.newCard("ada", "second card");
          world.advance(Duration.ofDays(1));
          assertThat(its.periods()).containsExactly(0);
          assertThat(desk.of("ada").id()).as("the next period").isNotEqualTo(first.id());
        });
  }

  @Test
  void theCodeOfTheWorkflowDoesTheSameInEveryReplay() {
    WorkflowRules.check("dev.fantasticfour.world.example.subscription");
  }
}
