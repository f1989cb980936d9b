package dev.fantasticfour.world.example.quarkus;

import dev.fantasticfour.world.cdi.WorldRegistrar;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/** What the workers of this application can execute. */
@ApplicationScoped
public class Orders {

  @Produces
  WorldRegistrar orders(Payments payments) {
    return w ->
        w.register(OrderWorkflow.TYPE, new OrderWorkflow())
            .register(
                OrderWorkflow.CHARGE,
                (step, order) -> payments.charge(order, step.idempotencyKey()));
  }
}
