package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.StateRecord;
import dev.fantasticfour.world.api.run.WaitRecord;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStorage;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Counts what the client asks of the store, and can be away for some of it. */
final class CountingStorage extends ForwardingStorage {

  final AtomicInteger appends = new AtomicInteger();
  final AtomicInteger runReads = new AtomicInteger();
  final AtomicInteger endReads = new AtomicInteger();
  final AtomicInteger failingEndReads = new AtomicInteger();
  final AtomicInteger failingRunReads = new AtomicInteger();
  final AtomicInteger failingHookReads = new AtomicInteger();
  final AtomicInteger failingStateReads = new AtomicInteger();

  /** Something that happens between the client's look at the waits and what it does about them. */
  volatile Runnable afterWaits = () -> {};

  CountingStorage(Storage inner) {
    super(inner);
  }

  @Override
  public List<AppendResult> append(List<Batch> batches) {
    appends.incrementAndGet();
    return super.append(batches);
  }

  @Override
  public Optional<RunRecord> run(RunId run) {
    runReads.incrementAndGet();
    failSome(failingRunReads);
    return super.run(run);
  }

  @Override
  public List<RunRecord> ended(Set<RunId> runs) {
    endReads.incrementAndGet();
    failSome(failingEndReads);
    return super.ended(runs);
  }

  @Override
  public Page<HookRecord> hooks(@Nullable RunId run, PageRequest page) {
    failSome(failingHookReads);
    return super.hooks(run, page);
  }

  @Override
  public List<WaitRecord> waits(RunId run) {
    List<WaitRecord> waits = super.waits(run);
    afterWaits.run();
    return waits;
  }

  @Override
  public Optional<StateRecord> state(RunId run, String name) {
    failSome(failingStateReads);
    return super.state(run, name);
  }

  private static void failSome(AtomicInteger left) {
    if (left.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      throw new WorldException(ErrorCode.UNAVAILABLE, "away");
    }
  }
}
