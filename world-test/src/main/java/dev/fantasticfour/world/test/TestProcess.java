package dev.fantasticfour.world.test;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.ChildFact;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.EngineWorld;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.engine.node.Registry;
import dev.fantasticfour.world.core.engine.run.RunExecution;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStorage;
import dev.fantasticfour.world.core.virtual.Timeline;
import dev.fantasticfour.world.core.virtual.VirtualMachine;
import dev.fantasticfour.world.core.virtual.VirtualProcess;
import dev.fantasticfour.world.test.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A process in virtual time with the engine in it, from its start to its loss. */
final class TestProcess {

  private static final int MOST_STARTS = 3;

  private final Timeline timeline;
  private final Store store;
  private final VirtualProcess process = new VirtualProcess();
  private final List<WorkerId> workers = new ArrayList<>();
  private final Queue queue;
  private final EngineWorld world;
  private boolean closed;

  /**
   * @param calls lies between it and its ports
   * @param births told of the workflows of runs that it starts
   * @param seed of its chance
   * @param clock what its times are
   */
  TestProcess(
      Timeline timeline,
      Store store,
      WorldConfig config,
      PortCalls calls,
      Consumer<String> births,
      Registry registry,
      Instant begin,
      long seed,
      Clock clock) {
    this.timeline = timeline;
    this.store = store;
    VirtualMachine machine = clock.machine(timeline, process, begin, seed);
    this.queue = store.queue(machine);
    this.world =
        new EngineWorld(
            config,
            calls.port(Storage.class, new Noted(store.storage(), workers, births), this::lives),
            calls.port(Queue.class, queue, this::lives),
            calls.port(Streamer.class, store.streamer(machine), this::lives),
            new JacksonPayloadCodec(),
            IdSource.of(machine),
            registry,
            machine);
  }

  /** Whose machine it has. */
  @FunctionalInterface
  interface Clock {
    VirtualMachine machine(Timeline timeline, VirtualProcess process, Instant begin, long seed);
  }

  /** Notes which workers this process has been, and what it starts. */
  private static final class Noted extends ForwardingStorage {

    private final List<WorkerId> workers;
    private final Consumer<String> births;

    Noted(Storage storage, List<WorkerId> workers, Consumer<String> births) {
      super(storage);
      this.workers = workers;
      this.births = births;
    }

    @Override
    public List<AppendResult> append(List<Batch> batches) {
      for (Batch batch : batches) {
        for (Draft draft : batch.drafts()) {
          switch (draft.fact()) {
            case Fact.RunCreated created -> births.accept(created.workflow());
            case ChildFact.Created child -> births.accept(child.workflow());
            default -> {}
          }
        }
      }
      return super.append(batches);
    }

    @Override
    public Instant register(WorkerId worker, String buildId, Duration lease) {
      workers.add(worker);
      return super.register(worker, buildId, lease);
    }
  }

  EngineWorld world() {
    return world;
  }

  /** Starts its workers, on a thread of its own; again, where a call of that went wrong. */
  void start() {
    timeline.start(process, "start", this::startAtLast);
  }

  private void startAtLast() {
    boolean isStarted = false;
    for (int tries = 1; !isStarted; tries++) {
      try {
        world.start();
        isStarted = true;
      } catch (WorldException e) {
        if (tries == MOST_STARTS) {
          throw e;
        }
      }
    }
  }

  /** The worker that it is now, or was last; null before it was started. */
  @Nullable WorkerId worker() {
    return workers.isEmpty() ? null : workers.getLast();
  }

  /** Begins to close it in order. */
  void beginToClose() {
    timeline.start(
        process,
        "close",
        () -> {
          world.close();
          closed = true;
        });
  }

  boolean isClosed() {
    return closed;
  }

  /** Takes the threads of a run that waits. */
  void evict(RunId run) {
    RunExecution execution = world.node().execution(run);
    if (execution != null) {
      execution.evict();
    }
  }

  /** Whether it has a run in hand that does not only wait. */
  boolean isBusyWith(RunId run) {
    RunExecution execution = world.node().execution(run);
    return execution != null && !execution.presence().isParked();
  }

  /**
   * It is lost, as by kill -9. Its lease counts as over at once: waiting for that would only move
   * the time of the test by some seconds.
   */
  void lose() {
    if (!process.isDead()) {
      timeline.kill(process);
      world.node().abandon();
      store.lost(queue);
      Storage storage = store.storage();
      workers.forEach(storage::retire);
    }
  }

  private void lives() {
    if (process.isDead()) {
      timeline.checkAlive();
      throw new WorldException(ErrorCode.CLOSED, "the process is lost");
    }
  }
}
