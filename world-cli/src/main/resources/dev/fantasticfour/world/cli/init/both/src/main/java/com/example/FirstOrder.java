package com.example;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.RunView;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.run.StepStatus;
import java.time.Duration;

/** Starts one order, approves of it, and waits for its end. */
final class FirstOrder {

  private FirstOrder() {}

  static void take(WorldClient client) {
    // The same key gives the same run: whoever is started again goes on with it.
    Run<String> run = client.start(OrderWorkflow.TYPE, "order-42", o -> o.runKey("order-42"));
    if (!(run.view() instanceof RunView.Completed)) {
      long done =
          client.steps(run.id(), PageRequest.oldestFirst()).items().stream()
              .filter(step -> step.status() == StepStatus.COMPLETED)
              .count();
      System.out.println(
          (done == 0 ? "began" : "went on at step " + (done + 1) + " of 3") + ": run " + run.id());
      System.out.println("kill me with Ctrl-C or kill -9, and start me again");
      String token = run.awaitHook(OrderWorkflow.APPROVAL, Duration.ofMinutes(1));
      client.resume(OrderWorkflow.APPROVAL, token, true);
    }
    System.out.println("completed: " + run.result(Duration.ofMinutes(1)));
  }
}
