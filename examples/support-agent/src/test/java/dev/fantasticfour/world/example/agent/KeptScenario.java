package dev.fantasticfour.world.example.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.example.agent.Doing.Activity;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is more to be said of a store that outlives the process. */
abstract class KeptScenario extends AgentScenario {

  @Test
  void aHouseThatClosesInTheMiddleLeavesTheAnswerToTheNext() throws Exception {
    model.holdAfter("found:");
    NotedTool untouched = new NotedTool("refund", true);
    String message = "I want my money back for o-7.";
    try (World world = opened()) {
      Chat chat = new Chat(world.client());
      chat.say("Ada", message, "m1");
      chat.decide("Ada", new Approval(true, "Grace"));
      model.awaitHeld();
      world.close(Duration.ZERO);
    }
    try (World world = opened(new HeldModel(), untouched, DAYS, MANY)) {
      Chat chat = new Chat(world.client());

      assertThat(chat.ask("Ada", message, "m1")).contains("o-7 is paid back");

      assertThat(chat.await("Ada", is(Activity.LISTENING)).answered()).isEqualTo(1);
    }
    assertThat(refund.used()).containsExactly("o-7");
    assertThat(untouched.used()).isEmpty();
  }
}
