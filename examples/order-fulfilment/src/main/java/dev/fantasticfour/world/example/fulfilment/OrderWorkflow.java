package dev.fantasticfour.world.example.fulfilment;

import dev.fantasticfour.world.api.attribute.AttributeKey;
import dev.fantasticfour.world.api.error.ChildFailedException;
import dev.fantasticfour.world.api.error.Failure;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.Saga;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import java.time.Duration;
import java.util.List;

/**
 * From an order to its parcels, or back to where it began: stock, money and transport are had
 * together or not at all.
 */
final class OrderWorkflow implements Workflow<Order, Receipt> {

  /** One run is one order. */
  static final WorkflowType<Order, Receipt> TYPE =
      WorkflowType.of("fulfilment", Order.class, Receipt.class);

  /** Where somebody says yes or no to a large order. */
  static final HookType<Approval> APPROVAL = HookType.of("approval", Approval.class);

  /** By what orders are found: whose they are, what they cost in cents, the name of the status. */
  static final AttributeKey<String> CUSTOMER = AttributeKey.keyword("customer");

  static final AttributeKey<Long> TOTAL = AttributeKey.number("total");
  static final AttributeKey<String> STATUS = AttributeKey.keyword("status");

  /** Whoever orders for that much is asked about. */
  private static final long LARGE = 1_000_00;

  /** The van has room for two, however many parcels there are. */
  private static final int AT_ONCE = 2;

  private final BackOffice office;
  private final Carrier carrier;
  private final Duration patience;

  /**
   * @param patience how long an answer about a large order is waited for
   */
  OrderWorkflow(BackOffice office, Carrier carrier, Duration patience) {
    this.office = office;
    this.carrier = carrier;
    this.patience = patience;
  }

  @Override
  public Receipt run(WorkflowContext ctx, Order order) {
    ctx.set(CUSTOMER, order.customer());
    ctx.set(TOTAL, order.cents());
    ctx.set(STATUS, Status.ACCEPTED.name());
    Receipt receipt = fulfilled(ctx, order);
    ctx.set(STATUS, receipt.status().name());
    return receipt;
  }

  private Receipt fulfilled(WorkflowContext ctx, Order order) {
    try (Saga saga = ctx.saga()) {
      saga.step(
          "reserve stock",
          String.class,
          s -> office.reserve(order),
          (c, done) -> c.step("release stock", String.class, s -> office.release(order.id())));
      if (order.cents() >= LARGE && !isApproved(ctx, order)) {
        // Not committed: the stock is released on the way out.
        return Receipt.without(order, Status.REJECTED, "not approved");
      }
      String payment =
          saga.step(
              "charge",
              String.class,
              s -> office.charge(order),
              (c, done) -> c.step("refund", String.class, s -> office.refund(order.id())));
      List<String> tracking = shipped(ctx, saga, order);
      saga.commit();
      return Receipt.shipped(order, payment, tracking);
    } catch (ChildFailedException e) {
      // The saga was closed before this: all that was done is undone.
      return Receipt.without(order, Status.UNDELIVERABLE, origin(e.failure()).toString());
    }
  }

  private static Failure origin(Failure failure) {
    return failure.cause() == null ? failure : origin(failure.cause());
  }

  /** The hook is closed as soon as the answer is there: nobody can change their mind later. */
  private boolean isApproved(WorkflowContext ctx, Order order) {
    ctx.set(STATUS, Status.AWAITS_APPROVAL.name());
    try (Hook<Approval> hook = ctx.hook(APPROVAL, approvalOf(order.id()))) {
      return hook.await(patience).map(Approval::granted).orElse(false);
    }
  }

  /** The token of the approval of an order. */
  static String approvalOf(String order) {
    return "approval of " + order;
  }

  /**
   * A child for every parcel. When one fails, or this run is cancelled, those that go on are asked
   * to cancel themselves, and have ended when this throws; what the carrier has by then is recalled
   * here.
   */
  private List<String> shipped(WorkflowContext ctx, Saga saga, Order order) {
    ctx.set(STATUS, Status.SHIPPING.name());
    saga.onUndo(
        "recall parcels",
        c -> c.step("recall parcels", String.class, s -> carrier.recall(order.id())));
    return ctx.callAll(ShipmentWorkflow.TYPE, order.shipments(), o -> o.atOnce(AT_ONCE));
  }
}
