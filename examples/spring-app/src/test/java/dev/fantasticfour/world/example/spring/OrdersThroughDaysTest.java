package dev.fantasticfour.world.example.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.spring.WorldRegistrar;
import dev.fantasticfour.world.test.TestWorld;
import dev.fantasticfour.world.test.WorldTest;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/** What the beans register, in a time that belongs to the test. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.NONE,
    properties = {
      "world.storage=memory",
      "world.queue=memory",
      "world.streamer=memory",
      "world.workers.enabled=false"
    })
class OrdersThroughDaysTest {

  @Autowired private List<WorldRegistrar> registrars;

  private Run<Receipt> ordered(TestWorld w) {
    registrars.forEach(registrar -> registrar.accept(w));
    return w.start(OrderWorkflow.TYPE, new Order("42", 4200));
  }

  @WorldTest
  void anOrderThatNobodyApprovesIsRejectedAfterThreeDays(TestWorld w) {
    Run<Receipt> run = ordered(w);
    w.advance(Duration.ofDays(2));
    assertThat(w.waitingFor(run).parts()).isNotEmpty();
    assertThat(w.result(run)).isEqualTo(new Receipt("42", "rejected"));
    w.check();
  }

  @WorldTest
  void anOrderIsPaidByTheBeanThatTheApplicationHas(TestWorld w) {
    Run<Receipt> run = ordered(w);
    w.resume(run, OrderWorkflow.APPROVAL, new Approval(true));
    assertThat(w.result(run).outcome()).startsWith("paid 4200 under step_");
    w.check();
  }
}
