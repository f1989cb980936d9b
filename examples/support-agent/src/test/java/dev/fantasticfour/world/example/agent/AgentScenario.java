package dev.fantasticfour.world.example.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fantasticfour.world.api.UpdateHandle;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.error.UpdateFailedException;
import dev.fantasticfour.world.api.error.UpdateRejectedException;
import dev.fantasticfour.world.example.agent.Doing.Activity;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What it is like to speak with the agent, whatever conversations are kept in. */
abstract class AgentScenario extends LongTalkScenario {

  private static final String MONEY_BACK = "I want my money back for o-7.";

  @Test
  void aMessageIsAnsweredWithWhatAToolCameTo() {
    try (World world = opened()) {
      String answer = new Chat(world.client()).ask(ADA, "Where is o-7?", "m1");

      assertThat(answer).isEqualTo("Here is what I found: o-7 is on its way.");
    }
  }

  @Test
  void theAgentRemembersWhatWasSaidBefore() {
    try (World world = opened()) {
      Chat chat = new Chat(world.client());
      chat.ask(ADA, "Where is o-7?", "m1");

      assertThat(chat.ask(ADA, "Do you remember?", "m2")).isEqualTo("I do: we spoke of o-7.");
    }
  }

  @Test
  void aMessageThatIsSentTwiceIsOneMessage() {
    try (World world = opened()) {
      Chat chat = new Chat(world.client());
      String answer = chat.ask(ADA, "Where is o-7?", "m1");

      assertThat(chat.ask(ADA, "Where is o-7?", "m1")).isEqualTo(answer);

      assertThat(chat.leave(ADA)).isEqualTo(new Farewell(ADA, 1));
    }
  }

  @Test
  void anEmptyMessageIsNotListenedTo() {
    try (World world = opened()) {
      Chat chat = new Chat(world.client());

      assertThatExceptionOfType(UpdateRejectedException.class)
          .isThrownBy(() -> chat.ask(ADA, " ", "m1"));

      assertThat(chat.leave(ADA)).isEqualTo(new Farewell(ADA, 0));
    }
  }

  @Test
  void aSecondMessageIsNotListenedToBeforeTheFirstIsAnswered() throws Exception {
    model.holdAfter("Let");
    try (World world = opened()) {
      Chat chat = new Chat(world.client());
      UpdateHandle<String> first = chat.say(ADA, "Where is o-7?", "m1");
      model.awaitHeld();

      assertThatExceptionOfType(UpdateRejectedException.class)
          .isThrownBy(() -> chat.ask(ADA, "Hello?", "m2"))
          .withMessageContaining("one message at a time");

      model.release();
      assertThat(Chat.answer(first)).contains("o-7 is on its way");
      assertThat(chat.ask(ADA, "Hello?", "m3")).startsWith("I can track orders");
    }
  }

  @Test
  void aMessageThatCouldNotBeAnsweredLeavesNoTraceInTheConversation() {
    try (World world = opened()) {
      Chat chat = new Chat(world.client());

      assertThatExceptionOfType(UpdateFailedException.class)
          .isThrownBy(() -> chat.ask(ADA, HeldModel.UNSPEAKABLE, "m1"))
          .withMessageContaining("the model is at a loss");
      chat.ask(ADA, "Hello?", "m2");

      assertThat(model.told.getLast().messages())
          .containsExactly(new Message(Message.From.CUSTOMER, "Hello?"));
    }
  }

  @Test
  void aModelThatGoesInACircleIsStopped() {
    try (World world = opened()) {
      Chat chat = new Chat(world.client());

      assertThatExceptionOfType(UpdateFailedException.class)
          .isThrownBy(() -> chat.ask(ADA, HeldModel.ENDLESS, "m1"))
          .withMessageContaining("no answer after 8 tools");

      assertThat(model.told).hasSize(8);
    }
  }

  @Test
  void aDangerousToolIsUsedWhenSomebodySaysYes() {
    try (World world = opened()) {
      Chat chat = new Chat(world.client());
      UpdateHandle<String> message = chat.say(ADA, MONEY_BACK, "m1");
      Doing awaited = chat.await(ADA, is(Activity.AWAITING_APPROVAL));
      assertThat(awaited.about()).isEqualTo(new ToolCall("refund", "o-7"));
      assertThat(refund.used()).as("before the yes").isEmpty();

      chat.decide(ADA, new Approval(true, "Grace"));

      assertThat(Chat.answer(message)).isEqualTo("Here is what I found: o-7 is paid back.");
      assertThat(refund.used()).containsExactly("o-7");
    }
  }

  @Test
  void aDangerousToolIsNotUsedWhenSomebodySaysNo() {
    try (World world = opened()) {
      Chat chat = new Chat(world.client());
      UpdateHandle<String> message = chat.say(ADA, MONEY_BACK, "m1");

      chat.decide(ADA, new Approval(false, "Grace"));

      assertThat(Chat.answer(message)).contains("nobody has approved of refund o-7");
      assertThat(refund.used()).isEmpty();
    }
  }

  @Test
  void aDangerousToolIsNotUsedWhenNobodySaysAnythingInTime() {
    try (World world = opened(model, refund, Duration.ofMillis(50), MANY)) {
      String answer = new Chat(world.client()).ask(ADA, MONEY_BACK, "m1");

      assertThat(answer).contains("nobody has approved of refund o-7");
      assertThat(refund.used()).isEmpty();
    }
  }

  @Test
  void aToolThatDoesNotWorkIsSpokenOf() {
    try (World world = opened()) {
      Chat chat = new Chat(world.client());
      UpdateHandle<String> message = chat.say(ADA, "I want my money back for o-0.", "m1");

      chat.decide(ADA, new Approval(true, "Grace"));

      assertThat(Chat.answer(message)).contains("refund o-0 does not work: out of order");
    }
  }

  @Test
  void everyWordIsHeardWhileItIsSaid() throws Exception {
    model.holdAfter("found:");
    try (World world = opened()) {
      Chat chat = new Chat(world.client());
      UpdateHandle<String> message = chat.say(ADA, "Where is o-7?", "m1");
      CompletableFuture<Heard> listening = Heard.from(world.client(), message.runId());
      model.awaitHeld();
      assertThat(chat.await(ADA, is(Activity.THINKING)).answered()).isZero();

      model.release();
      Chat.answer(message);
      chat.leave(ADA);

      Heard heard = listening.get(30, TimeUnit.SECONDS);
      assertThat(heard.text()).isEqualTo("Let me look. Here is what I found: o-7 is on its way.");
    }
  }

  @Test
  void wordsOfAModelThatFailsInTheMiddleAreTakenBack() throws Exception {
    model.failAfter("what");
    try (World world = opened()) {
      Chat chat = new Chat(world.client());
      UpdateHandle<String> message = chat.say(ADA, "Where is o-7?", "m1");
      CompletableFuture<Heard> listening = Heard.from(world.client(), message.runId());
      Chat.answer(message);
      chat.leave(ADA);

      Heard heard = listening.get(30, TimeUnit.SECONDS);

      assertThat(heard.text()).isEqualTo("Let me look. Here is what I found: o-7 is on its way.");
    }
  }

  @Test
  void whoLeavesIsStillAnswered() throws Exception {
    try (World world = opened()) {
      Chat chat = new Chat(world.client());
      UpdateHandle<String> message = chat.say(ADA, MONEY_BACK, "m1");
      chat.await(ADA, is(Activity.AWAITING_APPROVAL));
      CompletableFuture<Farewell> farewell = CompletableFuture.supplyAsync(() -> chat.leave(ADA));
      chat.await(ADA, is(Activity.GONE));

      chat.decide(ADA, new Approval(true, "Grace"));

      assertThat(Chat.answer(message)).contains("o-7 is paid back");
      assertThat(farewell.get(30, TimeUnit.SECONDS)).isEqualTo(new Farewell(ADA, 1));
    }
  }

  @Test
  void whoComesBackBeginsAnotherConversation() {
    try (World world = opened()) {
      Chat chat = new Chat(world.client());
      chat.ask(ADA, "Where is o-7?", "m1");
      chat.leave(ADA);

      assertThat(chat.ask(ADA, "Do you remember?", "m2")).isEqualTo("I do: we spoke of nothing.");
    }
  }

  static Predicate<Doing> is(Activity activity) {
    return doing -> doing.activity() == activity;
  }
}
