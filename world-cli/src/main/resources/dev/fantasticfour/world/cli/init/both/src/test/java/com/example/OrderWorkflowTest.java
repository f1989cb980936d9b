package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.test.TestWorld;
import dev.fantasticfour.world.test.WorldTest;
import java.io.IOException;
import java.time.Duration;

class OrderWorkflowTest {

  @WorldTest
  void anOrderThatIsApprovedIsChargedThoughTheBankIsAwayAtFirst(TestWorld w) {
    w.register(OrderWorkflow.TYPE, new OrderWorkflow());
    w.step("charge").fails(new IOException("away")).thenReturns("charged");
    Run<String> run = w.start(OrderWorkflow.TYPE, "order-7");
    w.advance(Duration.ofMinutes(1)); // takes no time
    w.resume(run, OrderWorkflow.APPROVAL, true);
    assertTrue(w.result(run).contains("; charged; "));
    w.check(); // and its code would do all of that again
  }

  @WorldTest
  void anOrderThatNobodyApprovesOfForThreeDaysIsRejected(TestWorld w) {
    w.register(OrderWorkflow.TYPE, new OrderWorkflow());
    Run<String> run = w.start(OrderWorkflow.TYPE, "order-7");
    assertEquals("order-7 is rejected", w.result(run));
  }
}
