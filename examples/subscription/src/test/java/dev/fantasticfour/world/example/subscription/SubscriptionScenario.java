package dev.fantasticfour.world.example.subscription;

import static dev.fantasticfour.world.example.subscription.SubscriptionWorkflow.PLAN;
import static dev.fantasticfour.world.example.subscription.SubscriptionWorkflow.STATUS;
import static dev.fantasticfour.world.example.subscription.SubscriptionWorkflow.SUBSCRIBER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.attribute.AttributeCondition;
import dev.fantasticfour.world.api.error.UpdateRejectedException;
import dev.fantasticfour.world.api.run.RunRecord;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What becomes of subscriptions, whatever they are kept in. */
abstract class SubscriptionScenario extends OneStore {

  private Subscription of(String subscriber) {
    return Subscription.of(subscriber, Plan.SOLO, "card of " + subscriber, now);
  }

  private static List<Integer> upTo(int paid) {
    return IntStream.range(0, paid).boxed().toList();
  }

  @Test
  void eachPeriodIsChargedOnceAndTheLastOneIsEnjoyedToItsEnd() {
    try (World world = opened(MOMENTS, DAYS)) {
      SubscriptionDesk desk = new SubscriptionDesk(world.client());
      Run<Farewell> run = desk.subscribe(of("ada"));
      Standing standing = desk.await("ada", shown -> shown.paid() >= 3);
      assertThat(standing.status()).isEqualTo(Status.ACTIVE);

      var unused = desk.cancel("ada", "moved");

      Farewell farewell = desk.farewell(run);
      assertThat(farewell.status()).isEqualTo(Status.CANCELLED);
      assertThat(farewell.until()).isEqualTo(MOMENTS.due(now, farewell.paid()));
      assertThat(office.periods()).containsExactlyElementsOf(upTo(farewell.paid()));
      assertThat(office.keys).as("a key of its own for each").doesNotHaveDuplicates();
    }
  }

  @Test
  void anotherPlanIsPaidForFromTheNextPeriodOn() {
    try (World world = opened(MONTHS, DAYS)) {
      SubscriptionDesk desk = new SubscriptionDesk(world.client());
      desk.subscribe(of("ada"));
      Standing before = desk.await("ada", shown -> shown.paid() == 1);

      assertThat(desk.changePlan("ada", Plan.FAMILY)).isEqualTo(before.until());

      assertThat(desk.await("ada", shown -> shown.plan() == Plan.FAMILY).paid()).isEqualTo(1);
      assertThat(desk.of("ada").wakeUp()).as("the month is over").isEqualTo(1);
      desk.await("ada", shown -> shown.paid() == 2);
      assertThat(office.charged.stream().map(each -> each.bill().cents()))
          .containsExactly(9_00L, 15_00L);
    }
  }

  @Test
  void aPlanThatCannotBeHadIsRefusedWithTheReason() {
    try (World world = opened(MONTHS, DAYS)) {
      SubscriptionDesk desk = new SubscriptionDesk(world.client());
      desk.subscribe(of("ada"));
      desk.await("ada", shown -> shown.paid() == 1);

      assertThatExceptionOfType(UpdateRejectedException.class)
          .isThrownBy(() -> desk.changePlan("ada", Plan.SOLO))
          .satisfies(e -> assertThat(e.failure().message()).isEqualTo("the plan is SOLO already"));
      var end = desk.cancel("ada", "moved");
      assertThat(desk.cancel("ada", "moved twice")).as("asked again").isEqualTo(end);
      assertThatExceptionOfType(UpdateRejectedException.class)
          .isThrownBy(() -> desk.changePlan("ada", Plan.FAMILY))
          .satisfies(e -> assertThat(e.failure().message()).contains("ends at " + end));
      assertThat(desk.await("ada", shown -> true).status()).isEqualTo(Status.ENDING);
    }
  }

  @Test
  void aRefusedCardIsMendedByAnotherOne() {
    office.refuse("card of ada");
    try (World world = opened(MONTHS, DAYS)) {
      SubscriptionDesk desk = new SubscriptionDesk(world.client());
      desk.subscribe(of("ada"));
      desk.await("ada", shown -> shown.status() == Status.PAST_DUE);
      assertThat(found(desk, STATUS.is(Status.PAST_DUE.name()))).hasSize(1);

      desk.newCard("ada", "another card");

      assertThat(desk.await("ada", shown -> shown.paid() == 1).status()).isEqualTo(Status.ACTIVE);
      assertThat(office.letters).hasSize(1);
      assertThat(office.charged).hasSize(1);
      assertThat(found(desk, STATUS.is(Status.PAST_DUE.name()))).isEmpty();
    }
  }

  @Test
  void whoseCardStaysRefusedIsWrittenToAndThenLapses() {
    office.refuse("card of ada");
    try (World world = opened(MONTHS, new Grace(Duration.ofMillis(50), 4))) {
      SubscriptionDesk desk = new SubscriptionDesk(world.client());

      Farewell farewell = desk.farewell(desk.subscribe(of("ada")));

      assertThat(farewell).isEqualTo(new Farewell("ada", Status.LAPSED, 0, now));
      assertThat(office.letters).hasSize(4);
      assertThat(office.charged).isEmpty();
      assertThat(desk.await("ada", shown -> true).status()).isEqualTo(Status.LAPSED);
    }
  }

  @Test
  void anAnswerThatGotLostIsAskedForAgainAndChargesNobodyTwice() {
    office.loseTheAnswerTo(0);
    try (World world = opened(MONTHS, DAYS)) {
      SubscriptionDesk desk = new SubscriptionDesk(world.client());
      desk.subscribe(of("ada"));

      desk.await("ada", shown -> shown.paid() == 1);

      assertThat(office.keys).hasSize(2);
      assertThat(office.keys.getFirst()).as("one key").isEqualTo(office.keys.getLast());
      assertThat(office.charged).hasSize(1);
    }
  }

  @Test
  void subscribingTwiceIsOneSubscriptionWhateverItsAge() {
    try (World world = opened(MONTHS, DAYS)) {
      SubscriptionDesk desk = new SubscriptionDesk(world.client());
      Run<Farewell> first = desk.subscribe(of("ada"));
      desk.await("ada", shown -> shown.paid() == 1);

      Run<Farewell> again = desk.subscribe(of("ada"));

      assertThat(again.id()).isIn(first.id(), desk.of("ada").id());
      assertThat(office.charged).hasSize(1);
    }
  }

  @Test
  void subscriptionsAreFoundByWhoseTheyAreAndByTheirPlan() {
    try (World world = opened(MONTHS, DAYS)) {
      SubscriptionDesk desk = new SubscriptionDesk(world.client());
      desk.subscribe(of("ada"));
      desk.subscribe(of("bob"));
      desk.await("ada", shown -> shown.paid() == 1);
      desk.await("bob", shown -> shown.paid() == 1);
      var unused = desk.changePlan("bob", Plan.FAMILY);

      assertThat(found(desk, SUBSCRIBER.is("ada"))).containsExactly(desk.of("ada").id());
      assertThat(found(desk, PLAN.is(Plan.FAMILY.name()))).containsExactly(desk.of("bob").id());
      assertThat(found(desk, STATUS.is(Status.ACTIVE.name()))).hasSize(2);
    }
  }

  private static List<String> found(SubscriptionDesk desk, AttributeCondition condition) {
    return desk.find(condition).stream().map(RunRecord::id).map(Object::toString).toList();
  }

  @Test
  void aHouseThatClosesInTheMiddleLeavesTheRestToTheNext() throws Exception {
    office.stopAt(2);
    NotedOffice next = new NotedOffice(InstantSource.system());
    Run<Farewell> run;
    try (World world = opened(MOMENTS, DAYS)) {
      run = new SubscriptionDesk(world.client()).subscribe(of("ada"));
      office.awaitStop();
      world.close(Duration.ZERO);
    }
    try (World world = opened(next, MOMENTS, DAYS)) {
      SubscriptionDesk desk = new SubscriptionDesk(world.client());
      desk.await("ada", shown -> shown.paid() >= 4);
      var unused = desk.cancel("ada", "moved");
      Farewell farewell = desk.farewell(world.client().run(SubscriptionWorkflow.TYPE, run.id()));

      assertThat(office.periods()).containsExactly(0, 1);
      assertThat(next.periods())
          .containsExactlyElementsOf(IntStream.range(2, farewell.paid()).boxed().toList());
    }
  }
}
