package dev.fantasticfour.world.example.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.spring.SpringWorld;
import dev.fantasticfour.world.test.TestWorld;
import dev.fantasticfour.world.test.WorldTest;
import dev.fantasticfour.world.test.spring.UseTestWorld;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/** The application, its workflows in a time that belongs to the test. */
@Timeout(60)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE)
@UseTestWorld
class OrdersThroughDaysTest {

  @Autowired private OrderDesk desk;
  @Autowired private ObjectProvider<SpringWorld> real;

  @WorldTest
  void anOrderThatNobodyApprovesIsShownAsRejectedAfterThreeDays(TestWorld world) {
    String run = desk.take(new Order("7", 100)).run();
    world.advance(Duration.ofDays(2));
    assertThat(desk.show(run).receipt()).isNull();

    world.advance(Duration.ofDays(1));

    assertThat(desk.show(run).receipt()).isEqualTo(new Receipt("7", "rejected"));
    assertThat(real.stream()).isEmpty();
    world.check();
  }

  @WorldTest
  void anOrderIsPaidByTheBeanThatTheApplicationHas(TestWorld world) {
    Run<Receipt> run = world.start(OrderWorkflow.TYPE, new Order("42", 4200));
    world.untilIdle();
    desk.decide("42", new Approval(true));
    assertThat(world.result(run).outcome()).startsWith("paid 4200 under step_");
  }

  /** The world of another test knows nothing of this order. */
  @WorldTest
  void everyTestHasAWorldOfItsOwn(TestWorld world) {
    String run = desk.take(new Order("42", 1)).run();
    world.step(OrderWorkflow.CHARGE).returns("paid by nobody");
    world.untilIdle();
    desk.decide("42", new Approval(true));
    world.untilIdle();
    assertThat(desk.show(run).receipt()).isEqualTo(new Receipt("42", "paid by nobody"));
  }
}
