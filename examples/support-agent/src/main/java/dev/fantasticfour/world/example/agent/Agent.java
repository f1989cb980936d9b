package dev.fantasticfour.world.example.agent;

import dev.fantasticfour.world.api.error.StepFailedException;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.StreamWriter;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.example.agent.Doing.Activity;
import dev.fantasticfour.world.example.agent.Message.From;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Answers one message: asks the model, uses the tool that the model wants, asks again, until the
 * model wants none. Each of them is a step, so whichever process goes on after a crash goes on
 * there. Knows models and tools, and nothing of a conversation but what it is handed.
 */
final class Agent {

  /** A model that wants more than that goes in a circle, and each round costs money. */
  private static final int MOST_ROUNDS = 8;

  private final Model model;
  private final Map<String, Tool> tools;
  private final Duration patience;

  /**
   * @param patience how long a yes to a dangerous tool is waited for
   */
  Agent(Model model, List<Tool> tools, Duration patience) {
    this.model = model;
    this.tools = tools.stream().collect(Collectors.toMap(Tool::name, Function.identity()));
    this.patience = patience;
  }

  /**
   * Answers a message. The conversation has both only when there is an answer: a message that could
   * not be answered may be sent again.
   */
  String answer(WorkflowContext ctx, Conversation talk, String text) {
    Prompt before = talk.prompt();
    Prompt prompt = before.with(From.CUSTOMER, text);
    for (int round = 0; round < MOST_ROUNDS; round++) {
      ctx.publish(AgentWorkflow.DOING, talk.doing(Activity.THINKING, null));
      Reply reply = reply(ctx, prompt);
      prompt = prompt.with(From.AGENT, reply.text());
      ToolCall call = reply.call();
      if (call == null) {
        talk.add(prompt.since(before));
        return reply.text();
      }
      prompt = prompt.with(From.TOOL, outcome(ctx, talk, call));
    }
    throw new IllegalStateException("no answer after " + MOST_ROUNDS + " tools");
  }

  /** What the model says is heard while it says it; what it has said is recorded at its end. */
  private Reply reply(WorkflowContext ctx, Prompt prompt) {
    return ctx.step(
        "ask model",
        Reply.class,
        o -> o.timeout(Duration.ofMinutes(2)),
        s -> {
          StreamWriter<String> words = s.stream(AgentWorkflow.WORDS);
          return model.reply(prompt, words::write);
        });
  }

  /** What the model is told of a tool that it wanted. */
  private String outcome(WorkflowContext ctx, Conversation talk, ToolCall call) {
    Tool tool = tools.get(call.tool());
    if (tool == null) {
      return "there is no tool " + call.tool();
    }
    if (tool.isDangerous() && !isApproved(ctx, talk, call)) {
      return "nobody has approved of " + call;
    }
    ctx.publish(AgentWorkflow.DOING, talk.doing(Activity.USING_TOOL, call));
    try {
      return ctx.step(
          "use " + tool.name(), String.class, s -> tool.use(call.argument(), s.idempotencyKey()));
    } catch (StepFailedException e) {
      // No reason to leave the customer without an answer: the model finds words for it.
      return call + " does not work: " + e.failure().message();
    }
  }

  /** Waiting costs nothing, for however many conversations and days. */
  private boolean isApproved(WorkflowContext ctx, Conversation talk, ToolCall call) {
    // Opened first: who sees that an answer is awaited can give one.
    try (Hook<Approval> hook = ctx.hook(AgentWorkflow.APPROVAL, approvalFor(talk.customer()))) {
      ctx.publish(AgentWorkflow.DOING, talk.doing(Activity.AWAITING_APPROVAL, call));
      return hook.await(patience).map(Approval::granted).orElse(false);
    }
  }

  /** The token of the approval that a conversation may wait for: one at a time. */
  static String approvalFor(String customer) {
    return "approval for " + customer;
  }
}
