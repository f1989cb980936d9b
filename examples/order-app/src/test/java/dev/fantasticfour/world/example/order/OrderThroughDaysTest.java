package dev.fantasticfour.world.example.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.example.order.Receipt.Outcome;
import dev.fantasticfour.world.test.StepCall;
import dev.fantasticfour.world.test.TestWorld;
import dev.fantasticfour.world.test.WorldTest;
import dev.fantasticfour.world.test.rules.WorkflowRules;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Orders in a time of their own: three days of patience, and a week of cooling off. */
class OrderThroughDaysTest {

  private static final Order ORDER = new Order("o-1", "Ada", 4_200, List.of("globe", "atlas"));
  private static final Approval YES = new Approval(true, "Grace");

  private static Run<Receipt> taken(TestWorld w) {
    OrderWorkflow orders =
        new OrderWorkflow(new CalmWarehouse(Duration.ZERO), Duration.ofDays(3), Duration.ofDays(7));
    w.register(OrderWorkflow.TYPE, orders);
    return w.start(OrderWorkflow.TYPE, ORDER);
  }

  @WorldTest
  void anOrderThatSomebodyApprovesIsShippedWhenItHasCooledOff(TestWorld w) {
    w.step(OrderWorkflow.CHARGE).returns("payment-1");
    Run<Receipt> run = taken(w);
    w.advance(Duration.ofDays(3).minusSeconds(1));
    w.resume(run, OrderWorkflow.APPROVAL, YES);
    w.advance(Duration.ofDays(7).minusSeconds(1));
    assertThat(w.calls(OrderWorkflow.CHARGE)).as("it cools off").isEmpty();

    assertThat(w.result(run))
        .isEqualTo(new Receipt("o-1", Outcome.SHIPPED, "payment-1", "parcel-o-1"));

    assertThat(w.stream(run, OrderWorkflow.PROGRESS))
        .containsExactly(new Progress("globe", 1, 2), new Progress("atlas", 2, 2));
    assertThat(w.calls("release")).isEmpty();
    w.check();
  }

  @WorldTest
  void anOrderThatNobodyApprovesExpires(TestWorld w) {
    Run<Receipt> run = taken(w);
    w.advance(Duration.ofDays(3));

    assertThat(w.result(run)).isEqualTo(Receipt.without(ORDER, Outcome.EXPIRED));

    assertThat(w.calls("release")).hasSize(1);
    w.check();
  }

  @WorldTest
  void aBankThatIsAwayIsAskedWithTheSameKeyAgain(TestWorld w) {
    w.step(OrderWorkflow.CHARGE)
        .fails(new IOException("503"))
        .thenThrows(new IOException("503"))
        .hangs()
        .thenReturns("payment-1");
    Run<Receipt> run = taken(w);
    w.resume(run, OrderWorkflow.APPROVAL, YES);

    assertThat(w.result(run)).extracting(Receipt::payment).isEqualTo("payment-1");

    assertThat(w.calls(OrderWorkflow.CHARGE))
        .extracting(StepCall::attempt)
        .containsExactly(1, 2, 3, 4);
    assertThat(w.calls(OrderWorkflow.CHARGE).stream().map(StepCall::idempotencyKey).distinct())
        .hasSize(1);
  }

  @Test
  void whateverIsLostAtWhateverCallAnOrderIsShippedOnce() {
    TestWorld.crashEverywhere(
        w -> {
          Payments payments = new UnreliablePayments();
          w.register(
              OrderWorkflow.CHARGE,
              (step, charge) -> payments.charge(charge, step.idempotencyKey()));
          Run<Receipt> run = taken(w);
          w.resume(run, OrderWorkflow.APPROVAL, YES);
          assertThat(w.result(run))
              .isEqualTo(new Receipt("o-1", Outcome.SHIPPED, "payment-o-1", "parcel-o-1"));
        });
  }

  @Test
  void theCodeOfTheWorkflowDoesTheSameInEveryReplay() {
    WorkflowRules.check("dev.fantasticfour.world.example.order");
  }
}
