package dev.fantasticfour.world.core.engine.append;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.memory.MemoryStorage;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStorage;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** Remembers every append, and answers as the test says; at first it accepts everything. */
final class RecordingStorage extends ForwardingStorage {

  private final List<List<Batch>> calls = new CopyOnWriteArrayList<>();
  private volatile Function<List<Batch>, List<AppendResult>> answers = RecordingStorage::accepted;

  RecordingStorage() {
    super(new MemoryStorage(InstantSource.system()));
  }

  void answer(Function<List<Batch>, List<AppendResult>> how) {
    answers = how;
  }

  @Override
  public List<AppendResult> append(List<Batch> batches) {
    calls.add(batches);
    return answers.apply(batches);
  }

  /** The batch ids of every call, in order. */
  List<List<String>> calls() {
    return calls.stream().map(RecordingStorage::ids).toList();
  }

  static List<AppendResult> accepted(List<Batch> batches) {
    return batches.stream().map(RecordingStorage::accepted).toList();
  }

  static AppendResult accepted(Batch batch) {
    return new AppendResult.Appended(run(batch), List.of(), null, "queue", List.of());
  }

  static RunId run(Batch batch) {
    return ((Target.OfRun) batch.target()).run();
  }

  static List<String> ids(List<Batch> batches) {
    return batches.stream().map(Batch::id).toList();
  }

  /** Lets the test hold a call of the store for as long as it likes. */
  static final class Gate {

    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);

    void pass() {
      reached.countDown();
      await(open);
    }

    void awaitReached() {
      await(reached);
    }

    void open() {
      open.countDown();
    }

    private static void await(CountDownLatch latch) {
      try {
        if (!latch.await(20, java.util.concurrent.TimeUnit.SECONDS)) {
          throw new AssertionError("nobody came");
        }
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
