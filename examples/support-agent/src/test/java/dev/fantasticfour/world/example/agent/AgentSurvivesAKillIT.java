package dev.fantasticfour.world.example.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The process of a house is killed in the middle of a sentence. */
@Timeout(90)
final class AgentSurvivesAKillIT {

  @Test
  void anotherProcessFinishesTheAnswerAndPaysNobodyTwice() throws Exception {
    Map<String, String> variables = Servers.fresh();
    String run = killedWhileSpeaking(variables);
    HeldModel model = new HeldModel();
    NotedTool refund = new NotedTool("refund", true);
    Agent agent = new Agent(model, List.of(refund), Duration.ofDays(1));
    try (World world =
        AgentApp.open(WorldConfig.from(variables), new AgentWorkflow(model, agent, 20))) {
      CompletableFuture<Heard> listening = Heard.from(world.client(), run);
      world.start();
      Chat chat = new Chat(world.client());

      String answer = chat.ask(HouseInAnotherJvm.CUSTOMER, HouseInAnotherJvm.MESSAGE, "m1");

      assertThat(answer).isEqualTo("Here is what I found: o-7 is paid back.");
      assertThat(refund.used()).as("paid in the other process").isEmpty();
      assertThat(model.told).as("only the end was left to say").hasSize(1);
      chat.leave(HouseInAnotherJvm.CUSTOMER);
      Heard heard = listening.get(30, TimeUnit.SECONDS);
      assertThat(heard.text())
          .isEqualTo("I will see to it. Here is what I found: o-7 is paid back.");
      assertThat(heard.forgotten()).as("words of the sentence that was cut off").isEqualTo(5);
    }
  }

  /** Returns the run in which it was speaking. */
  private static String killedWhileSpeaking(Map<String, String> variables) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                HouseInAnotherJvm.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().keySet().removeIf(name -> name.matches("WORKFLOW_.*|REDIS_URL"));
    builder.environment().putAll(variables);
    Process process = builder.start();
    try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
      return said.lines()
          .filter(line -> line.startsWith(HouseInAnotherJvm.SPEAKING))
          .findFirst()
          .orElseThrow()
          .substring(HouseInAnotherJvm.SPEAKING.length());
    } finally {
      process.destroyForcibly();
    }
  }
}
