package dev.fantasticfour.world.example.spring;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.RunView;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.error.HookNotFoundException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Takes orders, and tells what became of them. */
@RestController
class OrderDesk {

  private final WorldClient world;

  OrderDesk(WorldClient world) {
    this.world = world;
  }

  /**
   * How an order is.
   *
   * @param run under which it can be asked for
   * @param receipt when it has ended
   */
  record Status(String run, String status, @Nullable Receipt receipt) {}

  /** The same order is taken once, however often it is sent. */
  @PostMapping("/orders")
  @ResponseStatus(HttpStatus.ACCEPTED)
  Status take(@RequestBody Order order) {
    return status(
        world.start(OrderWorkflow.TYPE, order, o -> o.runKey(OrderWorkflow.token(order.id()))));
  }

  @PostMapping("/orders/{id}/approval")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void decide(@PathVariable("id") String id, @RequestBody Approval approval) {
    String unused = world.resume(OrderWorkflow.APPROVAL, OrderWorkflow.token(id), approval);
  }

  @GetMapping("/orders/{run}")
  Status show(@PathVariable("run") String run) {
    return status(world.run(OrderWorkflow.TYPE, run));
  }

  @ExceptionHandler(HookNotFoundException.class)
  @ResponseStatus(HttpStatus.NOT_FOUND)
  void nobodyWaits() {}

  private static Status status(Run<Receipt> run) {
    RunView view = run.view();
    return new Status(
        run.id(),
        view.run().status().word(),
        view instanceof RunView.Completed ? run.result(Duration.ZERO) : null);
  }
}
