package dev.fantasticfour.world.example.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.UpdateHandle;
import dev.fantasticfour.world.test.TestWorld;
import dev.fantasticfour.world.test.WorldTest;
import dev.fantasticfour.world.test.rules.WorkflowRules;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Conversations in a time of their own: somebody has three days to say yes to a refund. */
class AgentThroughDaysTest {

  private static final String MONEY_BACK = "I want my money back for o-7.";

  private final HeldModel model = new HeldModel();
  private final NotedTool refund = new NotedTool("refund", true);

  private Chat opened(TestWorld w, int mostTurns) {
    Agent agent = new Agent(model, List.of(new TrackTool(), refund), Duration.ofDays(3));
    w.register(AgentWorkflow.TYPE, new AgentWorkflow(model, agent, mostTurns));
    return new Chat(w.client());
  }

  @WorldTest
  void aRefundWaitsForAYesForDays(TestWorld w) {
    Chat chat = opened(w, 100);
    UpdateHandle<String> message = chat.say("ada", MONEY_BACK, "m1");
    w.advance(Duration.ofDays(3).minusSeconds(1));
    assertThat(refund.used()).isEmpty();

    w.resume(chat.run("ada"), AgentWorkflow.APPROVAL, new Approval(true, "Grace"));
    w.untilIdle();

    assertThat(Chat.answer(message)).isEqualTo("Here is what I found: o-7 is paid back.");
    assertThat(refund.used()).containsExactly("o-7");
    assertThat(chat.leave("ada")).isEqualTo(new Farewell("ada", 1));
    w.check();
  }

  @WorldTest
  void aRefundThatNobodyAnswersForInThreeDaysIsNone(TestWorld w) {
    Chat chat = opened(w, 100);
    UpdateHandle<String> message = chat.say("ada", MONEY_BACK, "m1");
    w.advance(Duration.ofDays(3));
    assertThat(Chat.answer(message)).contains("nobody has approved of refund o-7");
    assertThat(refund.used()).isEmpty();
    w.check();
  }

  @WorldTest
  void aModelWhoseConnectionBreaksIsAskedAgainAndHeardOnce(TestWorld w) {
    model.failAfter("me");
    Chat chat = opened(w, 100);
    UpdateHandle<String> message = chat.say("ada", "Where is o-7?", "m1");
    w.advance(Duration.ofMinutes(1));
    assertThat(Chat.answer(message)).isEqualTo("Here is what I found: o-7 is on its way.");
    assertThat(String.join(" ", w.stream(chat.run("ada"), AgentWorkflow.WORDS)))
        .isEqualTo("Let me look. Here is what I found: o-7 is on its way.");
    assertThat(w.calls("ask model")).hasSize(3);
  }

  @WorldTest
  void aConversationOfTenDaysGoesOnInOtherRuns(TestWorld w) {
    Chat chat = opened(w, 2);
    for (int day = 0; day < 10; day++) {
      UpdateHandle<String> message = chat.say("ada", "Where is o-" + day + "?", "m" + day);
      w.advance(Duration.ofDays(1));
      assertThat(Chat.answer(message)).contains("o-" + day + " is on its way");
    }
    assertThat(w.calls("summarise")).hasSize(5);
    assertThat(chat.leave("ada")).isEqualTo(new Farewell("ada", 10));
    w.check();
  }

  @Test
  void theCodeOfTheWorkflowDoesTheSameInEveryReplay() {
    WorkflowRules.check("dev.fantasticfour.world.example.agent");
  }
}
