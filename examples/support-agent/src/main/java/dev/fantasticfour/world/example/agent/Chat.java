package dev.fantasticfour.world.example.agent;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.UpdateHandle;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.Runs;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * What a page with a chat box calls. It holds nothing itself: a customer is known by name, and has
 * one conversation at a time. Safe for any number of threads, in any number of processes.
 */
final class Chat {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final WorldClient client;

  Chat(WorldClient client) {
    this.client = client;
  }

  private static String keyOf(String customer) {
    return "conversation with " + customer;
  }

  /**
   * Sends a message, with which a conversation begins if there is none. Does not wait.
   *
   * @param id tells one message from another: sent twice, since nobody answered, it is one message,
   *     and has one answer
   */
  UpdateHandle<String> say(String customer, String text, String id) {
    return client.updateOrStart(
        AgentWorkflow.TYPE,
        keyOf(customer),
        Memory.empty(customer),
        AgentWorkflow.SAY,
        text,
        o -> o.id(id));
  }

  /**
   * Sends a message and waits for the answer.
   *
   * @throws dev.fantasticfour.world.api.error.UpdateRejectedException when it is not listened to
   * @throws dev.fantasticfour.world.api.error.UpdateFailedException when there is no answer to it
   */
  String ask(String customer, String text, String id) {
    return answer(say(customer, text, id));
  }

  /** The answer to a message. */
  static String answer(UpdateHandle<String> message) {
    return Objects.requireNonNull(message.result(PATIENCE));
  }

  /** Says yes or no to the tool that the agent wants to use, as soon as it asks. */
  void decide(String customer, Approval approval) {
    String token = run(customer).awaitHook(AgentWorkflow.APPROVAL, PATIENCE);
    client.resume(AgentWorkflow.APPROVAL, token, approval);
  }

  /** What the agent is at, as soon as it is as wanted. No worker is asked. */
  Doing await(String customer, Predicate<Doing> wanted) {
    return Objects.requireNonNull(
        client.awaitState(AgentWorkflow.DOING, run(customer), wanted, PATIENCE).value());
  }

  /**
   * Ends a conversation.
   *
   * @return how it ended
   */
  Farewell leave(String customer) {
    String run = client.signal(AgentWorkflow.BYE, AgentWorkflow.TYPE, keyOf(customer), null);
    return Objects.requireNonNull(client.run(AgentWorkflow.TYPE, run).result(PATIENCE));
  }

  /** The run in which a conversation goes on now. */
  Run<Farewell> run(String customer) {
    List<RunRecord> newest =
        client
            .runs(
                Runs.of(AgentWorkflow.TYPE).runKey(keyOf(customer)),
                PageRequest.newestFirst().withLimit(1))
            .items();
    if (newest.isEmpty()) {
      throw new NoSuchElementException("nobody has spoken with " + customer);
    }
    return client.run(AgentWorkflow.TYPE, newest.getFirst().id().value());
  }
}
