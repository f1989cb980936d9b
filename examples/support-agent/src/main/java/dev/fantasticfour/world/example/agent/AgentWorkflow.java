package dev.fantasticfour.world.example.agent;

import dev.fantasticfour.world.api.workflow.BranchBody;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.RetryPolicy;
import dev.fantasticfour.world.api.workflow.SignalType;
import dev.fantasticfour.world.api.workflow.StateType;
import dev.fantasticfour.world.api.workflow.StreamType;
import dev.fantasticfour.world.api.workflow.UpdateType;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import java.util.List;

/**
 * A conversation, from the first message to the goodbye, which may be years later: after some
 * messages it goes on in another run, which knows a summary of what was said, so that no log grows
 * long. Who speaks to it does not notice.
 *
 * <p>Messages are answered by the handler of their update. The code of the root does nothing but
 * wait for what only the root can do: return, and go on as new.
 */
final class AgentWorkflow implements Workflow<Memory, Farewell> {

  /** One run, and those that go on in its place, is one conversation. */
  static final WorkflowType<Memory, Farewell> TYPE =
      WorkflowType.of("agent", Memory.class, Farewell.class);

  /** A message of the customer; answered by what the agent says. */
  static final UpdateType<String, String> SAY = UpdateType.of("say", String.class, String.class);

  /** The customer leaves: nobody waits for an answer. */
  static final SignalType<Void> BYE = SignalType.of("bye", Void.class);

  /** The words that the agent says, while it says them. */
  static final StreamType<String> WORDS = StreamType.of("words", String.class);

  /** Where somebody says yes or no to a dangerous tool. */
  static final HookType<Approval> APPROVAL = HookType.of("approval", Approval.class);

  /** What the agent is at, to be read at any time. */
  static final StateType<Doing> DOING = StateType.of("doing", Doing.class);

  /** Sent by handlers to their own run: nothing else wakes the code of the root. */
  private static final SignalType<Void> ENOUGH = SignalType.of("enough", Void.class);

  private final Model model;
  private final Agent agent;
  private final int mostTurns;

  /**
   * @param agent answers with that model
   * @param mostTurns after so many answers a conversation goes on in another run
   */
  AgentWorkflow(Model model, Agent agent, int mostTurns) {
    this.model = model;
    this.agent = agent;
    this.mostTurns = mostTurns;
  }

  @Override
  public Farewell run(WorkflowContext ctx, Memory memory) {
    Conversation talk = new Conversation(memory);
    ctx.publish(DOING, talk.idle());
    ctx.onUpdate(SAY, talk::check, (branch, text) -> answered(branch, talk, text));
    while (!isGoodbye(ctx)) {
      // Rung twice, the second time may be heard in the next run, which is not long.
      if (isLong(ctx, talk)) {
        summarise(ctx, talk);
        // What comes now finds the next run. What came while the summary was made is answered
        // here, and then it is enough once more.
        if (!talk.isAnswering()) {
          throw ctx.continueAsNew(TYPE, talk.memory());
        }
      }
    }
    Farewell farewell = talk.leave();
    ctx.publish(DOING, talk.idle());
    // An answer that is under way is waited for before the run ends.
    return farewell;
  }

  private String answered(WorkflowContext ctx, Conversation talk, String text) {
    talk.begin();
    try {
      String answer = agent.answer(ctx, talk, text);
      if (isLong(ctx, talk)) {
        ctx.signal(ENOUGH, ctx.runId(), null);
      }
      return answer;
    } finally {
      // Also after a failure, which is told to whoever sent the message, and to nobody else.
      talk.end();
      ctx.publish(DOING, talk.idle());
    }
  }

  /** Waits until there is something to do: true when the customer leaves. */
  private static boolean isGoodbye(WorkflowContext ctx) {
    return ctx.any(
        List.<BranchBody<Boolean>>of(
            branch -> {
              branch.signals(BYE).await();
              return true;
            },
            branch -> {
              branch.signals(ENOUGH).await();
              return false;
            }));
  }

  private boolean isLong(WorkflowContext ctx, Conversation talk) {
    return talk.turns() >= mostTurns || ctx.shouldContinue();
  }

  /** Tried for as long as it takes: messages are answered meanwhile. */
  private void summarise(WorkflowContext ctx, Conversation talk) {
    Prompt said = talk.prompt();
    String summary =
        ctx.step(
            "summarise",
            String.class,
            o -> o.retry(RetryPolicy.forever()),
            s -> model.summary(said));
    talk.shorten(said, summary);
  }
}
