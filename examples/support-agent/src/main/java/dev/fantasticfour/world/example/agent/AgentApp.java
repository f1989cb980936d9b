package dev.fantasticfour.world.example.agent;

import dev.fantasticfour.world.api.UpdateHandle;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.UpdateRejectedException;
import dev.fantasticfour.world.api.error.WorldException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Ada asks where her order is and wants her money back, which somebody has to approve of; all is
 * printed, what the agent says word by word. With {@code WORKFLOW_STORAGE}, {@code WORKFLOW_QUEUE}
 * and {@code WORKFLOW_STREAMER} set to {@code memory} it needs no server at all.
 */
public final class AgentApp {

  private AgentApp() {}

  /** Runs the example with the adapters that the environment names. */
  public static void main(String[] arguments) throws InterruptedException {
    try {
      run(WorldConfig.fromEnvironment(), System.out);
    } catch (WorldException e) {
      // Its message names the variable or the server to look at; a stack trace would not help.
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  private static void run(WorldConfig config, PrintStream out) throws InterruptedException {
    // A client of a real model would be put in here.
    Model model = new ScriptedModel(Duration.ofMillis(60));
    List<Tool> tools = List.of(new TrackTool(), new RefundTool(out));
    Agent agent = new Agent(model, tools, Duration.ofDays(1));
    // Two messages are few: so the example goes on in another run before it ends.
    try (World world = open(config, new AgentWorkflow(model, agent, 2))) {
      world.start();
      session(world, out);
    }
  }

  /** All that a process of this house can execute. */
  static World open(WorldConfig config, AgentWorkflow agents) {
    return World.create(config, w -> w.register(AgentWorkflow.TYPE, agents));
  }

  private static void session(World world, PrintStream out) throws InterruptedException {
    Chat chat = new Chat(world.client());
    // Customers are new in every process, so that the example may be run again on the same store.
    String ada = "ada-" + UUID.randomUUID().toString().substring(0, 8);

    UpdateHandle<String> first = said(chat, ada, "Where is o-7?", "m1", out);
    Thread listener =
        Thread.startVirtualThread(() -> listen(world, first.runId(), new Printed(out)));
    Chat.answer(first);

    UpdateHandle<String> second = said(chat, ada, "I want my money back for o-7.", "m2", out);
    out.println("  [it waits for a yes to: " + awaited(chat, ada).about() + "]");
    try {
      chat.ask(ada, "Hello?", "m3");
    } catch (UpdateRejectedException e) {
      out.println("  [not listened to: " + e.failure().message() + "]");
    }
    chat.decide(ada, new Approval(true, "the example"));
    Chat.answer(second);
    // Sent again, since an answer may get lost on its way: it is the same message.
    out.println("  [asked again: " + chat.ask(ada, "I want my money back for o-7.", "m2") + "]");

    Chat.answer(said(chat, ada, "What do you remember?", "m4", out));
    out.println(chat.leave(ada));
    listener.join();
  }

  private static UpdateHandle<String> said(
      Chat chat, String customer, String text, String id, PrintStream out)
      throws InterruptedException {
    // People take a moment to read what was answered, and to write.
    Thread.sleep(500);
    out.println("> " + text);
    return chat.say(customer, text, id);
  }

  private static Doing awaited(Chat chat, String customer) {
    return chat.await(customer, doing -> doing.activity() == Doing.Activity.AWAITING_APPROVAL);
  }

  private static void listen(World world, String run, Audience audience) {
    try {
      new Listening(world.client()).follow(run, audience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
