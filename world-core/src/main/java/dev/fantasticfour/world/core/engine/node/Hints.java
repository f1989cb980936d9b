package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.fold.FoldSize;
import dev.fantasticfour.world.core.engine.fold.Folder;
import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.observe.Observer;
import dev.fantasticfour.world.core.observe.Occurrence;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells whoever has to know that something was appended to a run: its owner in this process
 * directly, with the events; any other owner through its worker queue; and while there is none, any
 * worker through the task queue. What the queue does not take is dropped, because the sweep of the
 * workers finds the run anyway (law L4).
 *
 * <p><b>Concurrency.</b> Any thread. Never blocks and never fails.
 */
public final class Hints implements AutoCloseable {

  private static final int MOST_PER_CALL = 500;

  /** More than that wait only when the queue hangs; then the sweep is sooner. */
  private static final int MOST_WAITING = 10_000;

  /**
   * Where runs are started by the thousand, a call for every few of them costs more than they do.
   */
  private static final Duration PAUSE = Duration.ofMillis(1);

  private static final Duration CLOSING = Duration.ofSeconds(2);

  private record Hint(String queue, RunId run, boolean held, Map<String, String> context) {}

  private final LocalNode node;
  private final Messages messages;
  private final Queue queue;
  private final Observer observer;
  private final Folder<Hint, Folder.NoAnswer> calls;

  /**
   * @param node the workers of this process
   */
  public Hints(LocalNode node, Ports ports, Machine machine) {
    this.node = node;
    this.messages = new Messages(ports);
    this.queue = ports.queue();
    this.observer = ports.observer();
    this.calls =
        Folder.telling(
            machine,
            "world-hints",
            "sending wake-ups",
            FoldSize.<Hint>of(MOST_PER_CALL).pausing(PAUSE),
            "workers find the runs by their sweep",
            this::send);
  }

  /**
   * Tells of events that were appended to a run.
   *
   * @param owner as the append answered
   * @param taskQueue as the append answered
   */
  public void tell(RunId run, List<Event> events, @Nullable WorkerId owner, String taskQueue) {
    tell(run, events, owner, taskQueue, Map.of());
  }

  /**
   * The same.
   *
   * @param context what the observer of whoever appended has to say to those who go on
   */
  public void tell(
      RunId run,
      List<Event> events,
      @Nullable WorkerId owner,
      String taskQueue,
      Map<String, String> context) {
    if (owner == null) {
      add(new Hint(taskQueue, run, false, context));
      return;
    }
    if (!context.isEmpty()) {
      // Before the run goes on. Where it does so elsewhere, it is said there as well.
      observer.on(new Occurrence.Hinted(run, context));
    }
    if (!node.tell(owner, run, events)) {
      add(new Hint(Messages.workerQueue(owner), run, false, context));
    }
  }

  /** Tells the owner of a run that somebody keeps it from going on; its heartbeat does, too. */
  public void held(RunId run, WorkerId owner) {
    if (!node.hold(owner, run)) {
      add(new Hint(Messages.workerQueue(owner), run, true, Map.of()));
    }
  }

  /** Has any worker of a task queue look at a run. */
  public void tellAnyWorker(RunId run, String taskQueue) {
    add(new Hint(taskQueue, run, false, Map.of()));
  }

  private void add(Hint hint) {
    if (calls.waiting() < MOST_WAITING) {
      calls.add(hint);
    }
  }

  /** Gives what was said last a moment to get out, so that a short-lived process is fast, too. */
  @Override
  public void close() {
    boolean unused = calls.awaitIdle(CLOSING);
  }

  private void send(List<Hint> hints) {
    queue.enqueue(
        hints.stream()
            .map(
                hint ->
                    hint.held()
                        ? messages.held(hint.queue(), hint.run())
                        : messages.hint(hint.queue(), hint.run(), hint.context()))
            .toList());
  }
}
