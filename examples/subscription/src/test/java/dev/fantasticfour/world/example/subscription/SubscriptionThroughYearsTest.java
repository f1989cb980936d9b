package dev.fantasticfour.world.example.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.RunView;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.Runs;
import dev.fantasticfour.world.core.engine.EngineWorld;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.engine.node.Registry;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.memory.MemoryQueue;
import dev.fantasticfour.world.core.memory.MemoryStorage;
import dev.fantasticfour.world.core.memory.MemoryStreamer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Three years of a subscription, on a clock that is moved from one due date to the next. */
@Timeout(90)
final class SubscriptionThroughYearsTest {

  private static final YearMonth FIRST = YearMonth.of(2024, 1);
  private static final int YEAR = 12;

  /** The card is refused then, and another one is there five days later. */
  private static final int REFUSED = 2 * YEAR;

  private final MovedTime time = new MovedTime(at(endOf(0)));
  private final NotedOffice office = new NotedOffice(time::instant);

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

  /** A world in memory that lives by the moved clock, its store and its queue included. */
  private World opened() {
    Registry registry = new Registry();
    SubscriptionApp.register(
        registry, new SubscriptionWorkflow(office, BillingCycle.monthly(), Grace.TWELVE_DAYS));
    World world =
        new EngineWorld(
            WorldConfig.inMemory(),
            new MemoryStorage(time::instant),
            new MemoryQueue(time),
            new MemoryStreamer(time),
            new JacksonPayloadCodec(),
            IdSource.of(time),
            registry,
            time);
    world.start();
    return world;
  }

  @Test
  void threeYearsAreThirtySixChargesAndRunsOfAFewEventsEach() throws InterruptedException {
    try (World world = opened()) {
      SubscriptionDesk desk = new SubscriptionDesk(world.client());
      Subscription wanted = Subscription.of("ada", Plan.SOLO, "first card", at(endOf(0)));
      Run<Farewell> first = desk.subscribe(wanted);

      awaitPaid(desk, 0);
      pay(desk, 1, YEAR + 5);
      assertThat(desk.changePlan("ada", Plan.FAMILY)).isEqualTo(at(endOf(YEAR + 6)));
      pay(desk, YEAR + 6, REFUSED - 1);
      mendTheCard(desk);
      pay(desk, REFUSED + 1, 3 * YEAR - 1);
      assertThat(desk.cancel("ada", "moved")).isEqualTo(at(endOf(3 * YEAR)));
      Run<Farewell> newest = desk.of("ada");
      time.moveTo(at(endOf(3 * YEAR)));
      Farewell farewell = desk.farewell(first);

      assertThat(farewell)
          .isEqualTo(new Farewell("ada", Status.CANCELLED, 3 * YEAR, at(endOf(3 * YEAR))));
      thatWasCharged();
      thatTheLogsStayedShort(world.client(), first, newest);
    }
  }

  /** Moves the clock from one due date to the next, and waits until each month is paid. */
  private void pay(SubscriptionDesk desk, int from, int to) {
    for (int month = from; month <= to; month++) {
      time.moveTo(at(endOf(month)));
      awaitPaid(desk, month);
    }
  }

  private static void awaitPaid(SubscriptionDesk desk, int month) {
    Standing standing = desk.await("ada", shown -> shown.paid() == month + 1);
    assertThat(standing.status()).isEqualTo(Status.ACTIVE);
    assertThat(standing.until()).isEqualTo(at(endOf(month + 1)));
  }

  private void mendTheCard(SubscriptionDesk desk) throws InterruptedException {
    office.refuse("first card");
    time.moveTo(at(endOf(REFUSED)));
    Standing standing = desk.await("ada", shown -> shown.status() == Status.PAST_DUE);
    assertThat(standing.paid()).isEqualTo(REFUSED);
    assertThat(desk.find(SubscriptionWorkflow.STATUS.is("PAST_DUE"))).hasSize(1);
    office.awaitLetter();
    time.moveTo(at(endOf(REFUSED).plusDays(3)));
    office.awaitLetter();
    time.moveTo(at(endOf(REFUSED).plusDays(5)));
    desk.newCard("ada", "second card");
    awaitPaid(desk, REFUSED);
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
    assertThat(chain).as("one after each period that was paid").hasSize(3 * YEAR);
    assertThat(chain.getLast().id().value()).isEqualTo(newest.id());
    assertThat(chain).allMatch(run -> run.lastPosition() <= 30);
    assertThat(first.view()).isInstanceOf(RunView.Continued.class);
  }
}
