package dev.fantasticfour.world.example.fulfilment;

import dev.fantasticfour.world.api.workflow.Saga;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import java.time.Duration;

/**
 * From a booking to the carrier's van. Nothing here knows of the order's run: that it is a child is
 * said by whoever starts it. Asked to cancel itself, it gives its booking back.
 */
final class ShipmentWorkflow implements Workflow<Shipment, String> {

  /** One run is one parcel; its result is the tracking number. */
  static final WorkflowType<Shipment, String> TYPE =
      WorkflowType.of("shipment", Shipment.class, String.class);

  private final Carrier carrier;
  private final Duration untilPickUp;

  ShipmentWorkflow(Carrier carrier, Duration untilPickUp) {
    this.carrier = carrier;
    this.untilPickUp = untilPickUp;
  }

  @Override
  public String run(WorkflowContext ctx, Shipment shipment) {
    ctx.set(OrderWorkflow.CUSTOMER, shipment.customer());
    String parcel = shipment.parcel();
    try (Saga saga = ctx.saga()) {
      String tracking =
          saga.step(
              "book carrier",
              String.class,
              s -> carrier.book(shipment),
              (c, done) -> c.step("cancel booking", String.class, s -> carrier.cancel(parcel)));
      ctx.sleep(untilPickUp);
      ctx.step("hand over", String.class, s -> carrier.collect(parcel));
      saga.commit();
      return tracking;
    }
  }
}
