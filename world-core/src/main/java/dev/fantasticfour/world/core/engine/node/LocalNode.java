package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.rules.RunEnd;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the client asks of the workers in its own process, so that a run started here can run here
 * and a wake-up for a run that lives here needs no message.
 */
public interface LocalNode {

  /**
   * Takes a free slot for a run that is about to be created. From now on the node expects that run
   * and takes it in no other way.
   *
   * @return empty when the node is not started, does not know the workflow, is full, or is of a
   *     build that is drained
   */
  Optional<Slot> reserve(String workflow, RunId run);

  /**
   * Tells the run of events that this process has just appended to it.
   *
   * @return whether the owner is this node's worker, so that nobody else has to be told
   */
  boolean tell(WorkerId owner, RunId run, List<Event> events);

  /**
   * Tells the run that somebody keeps it from going on.
   *
   * @return whether the owner is this node's worker, so that nobody else has to be told
   */
  boolean hold(WorkerId owner, RunId run);

  /** The type of the hook with that token, when code in this process has it open. */
  Optional<HookType<?>> openHook(String token);

  /** Has a listener called with every run that this node has seen ending, at once. */
  void onEnd(EndListener listener);

  /** Has a listener called with every event that this node has appended for a run; quick. */
  void onAppend(Consumer<Event> listener);

  /** Who is told of ends. */
  interface EndListener {

    /**
     * A run that lived here has ended.
     *
     * @param end how; null when this node has only heard of it
     */
    void ended(RunId run, @Nullable RunEnd end);
  }

  /** A reserved place for one run. Exactly one of its two methods is called, once. */
  interface Slot {

    /** The worker that claims the run in the batch that creates it. */
    WorkerId worker();

    /**
     * The run is in the log, claimed by {@link #worker()} in epoch 1: execute it.
     *
     * @param events its first events, run_created and run_started
     */
    void begin(List<Event> events);

    /** It was not created, or not here: give the place back. */
    void release();
  }
}
