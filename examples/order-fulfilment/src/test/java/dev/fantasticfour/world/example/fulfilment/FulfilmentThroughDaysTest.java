package dev.fantasticfour.world.example.fulfilment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.test.TestWorld;
import dev.fantasticfour.world.test.WorldTest;
import dev.fantasticfour.world.test.rules.WorkflowRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Orders in a time of their own: three days for an approval, four hours for each parcel. */
class FulfilmentThroughDaysTest {

  private static final Order SMALL =
      new Order("o1", "Ada", 42_00, List.of("globe", "atlas", "map"));
  private static final Order LARGE = new Order("o2", "Grace", 1_200_00, List.of("orrery"));

  private static NotedWork registered(TestWorld w) {
    NotedWork work = new NotedWork();
    w.register(OrderWorkflow.TYPE, new OrderWorkflow(work, work, Duration.ofDays(3)))
        .register(ShipmentWorkflow.TYPE, new ShipmentWorkflow(work, Duration.ofHours(4)));
    return work;
  }

  @WorldTest
  void threeParcelsTakeTwoRoundsOfAVanThatHasRoomForTwo(TestWorld w) {
    registered(w);
    Instant begun = w.now();

    assertThat(w.result(new OrderDesk(w.client()).take(SMALL)))
        .isEqualTo(
            Receipt.shipped(SMALL, "charge o1", List.of("book globe", "book atlas", "book map")));

    assertThat(Duration.between(begun, w.now()).toHours()).isEqualTo(8);
    w.check();
  }

  @WorldTest
  void aLargeOrderIsShippedWhenSomebodySaysYesInTime(TestWorld w) {
    registered(w);
    Run<Receipt> run = new OrderDesk(w.client()).take(LARGE);
    w.advance(Duration.ofDays(3).minusSeconds(1));
    w.resume(run, OrderWorkflow.APPROVAL, new Approval(true, "Alan"));
    assertThat(w.result(run)).extracting(Receipt::status).isEqualTo(Status.SHIPPED);
  }

  @WorldTest
  void aLargeOrderThatNobodyAnswersForIsGivenUpAfterThreeDays(TestWorld w) {
    NotedWork work = registered(w);
    Run<Receipt> run = new OrderDesk(w.client()).take(LARGE);
    w.advance(Duration.ofDays(3).minusSeconds(1));
    assertThat(w.waitingFor(run).isHook("approval")).isTrue();
    w.advance(Duration.ofSeconds(1));

    assertThat(w.result(run)).extracting(Receipt::status).isEqualTo(Status.REJECTED);

    assertThat(work.done).containsExactly("reserve o2", "release o2");
    w.check();
  }

  /** What is done again after a crash is known by its name. */
  @Test
  void whateverIsLostAtWhateverCallAnOrderIsGivenUpWhole() {
    TestWorld.crashEverywhere(
        w -> {
          NotedWork work = registered(w);
          Receipt receipt = w.result(new OrderDesk(w.client()).take(LARGE));
          assertThat(receipt).extracting(Receipt::status).isEqualTo(Status.REJECTED);
          assertThat(work.done.stream().distinct()).containsExactly("reserve o2", "release o2");
        });
  }

  @Test
  void theCodeOfBothWorkflowsDoesTheSameInEveryReplay() {
    WorkflowRules.check("dev.fantasticfour.world.example.fulfilment");
  }
}
