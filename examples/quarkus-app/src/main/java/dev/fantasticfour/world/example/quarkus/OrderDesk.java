package dev.fantasticfour.world.example.quarkus;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.error.HookNotFoundException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.Duration;

/** Takes orders, and tells what became of them. */
@Path("/orders")
public class OrderDesk {

  private final WorldClient world;

  OrderDesk(WorldClient world) {
    this.world = world;
  }

  /** The same order is taken once, however often it is sent. */
  @POST
  @Path("/{id}")
  public String take(@PathParam("id") String id) {
    return world.start(OrderWorkflow.TYPE, id, o -> o.runKey(OrderWorkflow.token(id))).id();
  }

  @POST
  @Path("/{id}/approval")
  public void approve(@PathParam("id") String id) {
    try {
      String unused = world.resume(OrderWorkflow.APPROVAL, OrderWorkflow.token(id), true);
    } catch (HookNotFoundException e) {
      throw new NotFoundException("nobody waits for an approval of " + id, e);
    }
  }

  /** How an order ended; waits a little for it. */
  @GET
  @Path("/{run}")
  public String show(@PathParam("run") String run) {
    Run<String> order = world.run(OrderWorkflow.TYPE, run);
    return order.result(Duration.ofSeconds(20));
  }
}
