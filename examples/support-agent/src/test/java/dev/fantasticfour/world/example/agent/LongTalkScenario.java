package dev.fantasticfour.world.example.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.RunView;
import dev.fantasticfour.world.api.StreamReader;
import dev.fantasticfour.world.api.UpdateHandle;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.Runs;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What becomes of conversations that are too long for one run. */
abstract class LongTalkScenario extends OneStore {

  static final String ADA = "Ada";

  @Test
  void aLongConversationGoesOnInOtherRunsAndKnowsWhatWasSaid() throws Exception {
    try (World world = opened(model, refund, DAYS, 2)) {
      Chat chat = new Chat(world.client());
      UpdateHandle<String> first = chat.say(ADA, "Where is o-1?", "m1");
      CompletableFuture<Heard> listening = Heard.from(world.client(), first.runId());
      Chat.answer(first);
      UpdateHandle<String> last = first;
      for (int i = 2; i <= 4; i++) {
        last = chat.say(ADA, "Where is o-" + i + "?", "m" + i);
        Chat.answer(last);
        if (i % 2 == 0) {
          awaitEnd(world, last.runId());
        }
      }

      assertThat(chat.ask(ADA, "Do you remember?", "m5"))
          .isEqualTo("I do: we spoke of o-1, o-2, o-3, o-4.");
      assertThat(chat.leave(ADA)).isEqualTo(new Farewell(ADA, 5));

      RunId chain = new RunId(first.runId());
      assertThat(world.client().run(chain.value()).view()).isInstanceOf(RunView.Continued.class);
      assertThat(world.client().runs(Runs.chainOf(chain), PageRequest.oldestFirst()).items())
          .as("the first, and those in its place")
          .hasSize(3);
      assertThat(listening.get(30, TimeUnit.SECONDS).text())
          .as("what was heard in all runs")
          .contains("o-1 is on its way", "o-4 is on its way")
          .endsWith("we spoke of o-1, o-2, o-3, o-4.");
    }
  }

  @Test
  void aModelIsToldTheSummaryInPlaceOfWhatWasSummarised() throws Exception {
    try (World world = opened(model, refund, DAYS, 1)) {
      Chat chat = new Chat(world.client());
      UpdateHandle<String> first = chat.say(ADA, "Where is o-1?", "m1");
      Chat.answer(first);
      awaitEnd(world, first.runId());

      chat.ask(ADA, "Hello?", "m2");

      assertThat(model.told.getLast())
          .isEqualTo(
              new Prompt("we spoke of o-1", List.of(new Message(Message.From.CUSTOMER, "Hello?"))));
    }
  }

  /** Waits until a run has ended, and with it its stream; the conversation goes on in the next. */
  private static void awaitEnd(World world, String run) throws InterruptedException {
    try (StreamReader<String> words =
        world.client().run(AgentWorkflow.TYPE, run).stream(AgentWorkflow.WORDS, 0)) {
      boolean ended = false;
      while (!ended) {
        ended = words.next(Duration.ofSeconds(30)).orElseThrow() instanceof StreamReader.Item.End;
      }
    }
  }

  @Test
  void whatIsSaidWhileTheSummaryIsMadeIsNotForgotten() throws Exception {
    model.holdAfter("summary");
    try (World world = opened(model, refund, DAYS, 1)) {
      Chat chat = new Chat(world.client());
      chat.ask(ADA, "Where is o-1?", "m1");
      model.awaitHeld();
      UpdateHandle<String> second = chat.say(ADA, "Where is o-2?", "m2");
      Chat.answer(second);
      model.release();
      awaitEnd(world, second.runId());

      assertThat(chat.ask(ADA, "Do you remember?", "m3")).isEqualTo("I do: we spoke of o-1, o-2.");
    }
  }

  @Test
  void aMessageThatIsSentAgainAfterItsRunWentOnHasTheSameAnswer() throws Exception {
    try (World world = opened(model, refund, DAYS, 1)) {
      Chat chat = new Chat(world.client());
      UpdateHandle<String> first = chat.say(ADA, "Where is o-1?", "m1");
      String answer = Chat.answer(first);
      awaitEnd(world, first.runId());

      assertThat(chat.ask(ADA, "Where is o-1?", "m1")).isEqualTo(answer);

      assertThat(chat.leave(ADA)).isEqualTo(new Farewell(ADA, 1));
    }
  }
}
