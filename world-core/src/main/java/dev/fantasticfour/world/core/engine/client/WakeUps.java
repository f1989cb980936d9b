package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.engine.node.LocalNode;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.WorkerId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells whoever has to know that something was appended to a run: its owner in this process
 * directly, with the events; any other owner through its worker queue; and while there is none, any
 * worker through the task queue. Never blocks and never fails. Safe for any number of threads.
 */
public final class WakeUps implements AutoCloseable {

  private final LocalNode node;
  private final HintSender hints;

  public WakeUps(LocalNode node, Queue queue, PayloadCodec codec, IdSource ids) {
    this.node = node;
    this.hints = new HintSender(queue, codec, ids);
  }

  /** The queue that one worker listens on. */
  public static String workerQueue(WorkerId worker) {
    return Queue.OF_A_WORKER + worker;
  }

  /**
   * Tells of events that were appended to a run.
   *
   * @param owner as the append answered
   * @param taskQueue as the append answered
   */
  public void tell(RunId run, List<Event> events, @Nullable WorkerId owner, String taskQueue) {
    if (owner == null) {
      tellAnyWorker(run, taskQueue);
    } else if (!node.tell(owner, run, events)) {
      hints.send(workerQueue(owner), run);
    }
  }

  /** Has any worker of a task queue look at a run. */
  public void tellAnyWorker(RunId run, String taskQueue) {
    hints.send(taskQueue, run);
  }

  /** Waits a moment for what is still on its way to the queue. */
  @Override
  public void close() {
    hints.close();
  }
}
