package dev.fantasticfour.world.bench.subject;

import dev.dbos.transact.DBOS;
import dev.dbos.transact.workflow.WorkflowHandle;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A workflow of DBOS that waits for a message and answers it by an event: what its users make of
 * the two, since it has no requests.
 */
public final class AskedRun {

  /** The key of the event. */
  static final String ANSWER = "answer";

  private static final long QUESTION = 7;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final DBOS dbos;
  private final String topic;
  private final WorkflowHandle<Long, RuntimeException> handle;

  AskedRun(DBOS dbos, String topic, WorkflowHandle<Long, RuntimeException> handle) {
    this.dbos = dbos;
    this.topic = topic;
    this.handle = handle;
  }

  /** Sends it its message, and waits for the answer. */
  public void ask() {
    dbos.send(handle.workflowId(), QUESTION, topic);
    check(dbos.<Long>getEvent(handle.workflowId(), ANSWER, PATIENCE).orElse(null));
  }

  /** Waits for its end. */
  public void end() {
    check(handle.getResult());
  }

  private static void check(@Nullable Long answer) {
    if (answer == null || answer != QUESTION + 1) {
      throw new IllegalStateException(QUESTION + " was answered by " + answer);
    }
  }
}
