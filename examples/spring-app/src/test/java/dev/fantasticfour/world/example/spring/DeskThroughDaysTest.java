package dev.fantasticfour.world.example.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.spring.SpringWorld;
import dev.fantasticfour.world.test.TestWorld;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/** The rest of the application, on a world whose time is the test's. */
@Timeout(60)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE)
@Import(TimeOfTheTest.class)
class DeskThroughDaysTest {

  @Autowired private OrderDesk desk;
  @Autowired private TestWorld world;
  @Autowired private ObjectProvider<SpringWorld> real;

  @Test
  void anOrderIsShownAsRejectedAfterThreeDays() {
    String run = desk.take(new Order("7", 100)).run();
    world.advance(Duration.ofDays(2));
    assertThat(desk.show(run).receipt()).isNull();

    world.advance(Duration.ofDays(1));

    assertThat(desk.show(run).receipt()).isEqualTo(new Receipt("7", "rejected"));
    assertThat(real.stream()).isEmpty();
  }
}
