package dev.fantasticfour.world.example.agent;

import dev.fantasticfour.world.api.UpdateHandle;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Answers one message, and does not come to the end of the answer. */
final class HouseInAnotherJvm {

  static final String CUSTOMER = "Ada";
  static final String MESSAGE = "I want my money back for o-7.";

  /** Said when the tool was used and half of the answer is spoken, before the id of the run. */
  static final String SPEAKING = "speaking ";

  private HouseInAnotherJvm() {}

  /** Ends when it is killed, or when whoever started it has ended. */
  public static void main(String[] arguments) throws InterruptedException, IOException {
    HeldModel model = new HeldModel();
    model.holdAfter("found:");
    Agent agent = new Agent(model, List.of(new NotedTool("refund", true)), Duration.ofDays(1));
    World world = AgentApp.open(WorldConfig.fromEnvironment(), new AgentWorkflow(model, agent, 20));
    world.start();
    Chat chat = new Chat(world.client());
    UpdateHandle<String> message = chat.say(CUSTOMER, MESSAGE, "m1");
    chat.decide(CUSTOMER, new Approval(true, "Grace"));
    model.awaitHeld();
    System.out.println(SPEAKING + message.runId());
    int end = System.in.read();
    System.exit(end);
  }
}
