package dev.fantasticfour.world.core.operate;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.RunView;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunCount;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.core.operate.Trail.Request;
import dev.fantasticfour.world.core.port.Audit;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Retention.RetentionStand;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Versions.BuildUse;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What somebody sees and does. What they may not is refused with {@code NOT_PERMITTED}; a run that
 * is not in their scope is not there ({@code RUN_NOT_FOUND}). Else errors are those of the client
 * and the ports. Safe for any number of threads.
 */
public final class Operator {

  private final Storage storage;
  private final Supplier<? extends WorldClient> client;
  private final Supplier<? extends Queue> queue;
  private final Trail trail;
  private final Principal principal;

  Operator(
      Storage storage,
      Supplier<? extends WorldClient> client,
      Supplier<? extends Queue> queue,
      Trail trail,
      Principal principal) {
    this.storage = storage;
    this.client = client;
    this.queue = queue;
    this.trail = trail;
    this.principal = principal;
  }

  /** What is done to one run. */
  public RunOperations runs() {
    return new RunOperations(client, storage, trail, principal);
  }

  /** What is done to many runs. */
  public ManyRuns manyRuns() {
    return new ManyRuns(client, storage, trail, principal);
  }

  /** Queues and dead letters. */
  public QueueOperations queues() {
    return new QueueOperations(queue, trail);
  }

  /** Builds, and how long runs are kept. */
  public StoreOperations store() {
    return new StoreOperations(storage, trail);
  }

  /** Runs in their scope, without payloads. */
  public Page<RunRecord> runs(RunFilter filter, PageRequest page) {
    trail.require(Action.LIST_RUNS);
    return storage.runs(principal.within(filter), page);
  }

  /** How many runs in their scope match. */
  public RunCount count(RunFilter filter) {
    trail.require(Action.LIST_RUNS);
    return storage.count(principal.within(filter));
  }

  /** What a run is doing, with its payloads. */
  public RunView view(String run) {
    trail.require(Action.SHOW_RUN);
    if (!RunOperations.isTheirs(storage, principal, run)) {
      throw new WorldException(ErrorCode.RUN_NOT_FOUND, "there is no run for '" + run + "'");
    }
    return client.get().run(run).view();
  }

  /** Who did what; of whoever has a scope nothing, for it may be about other runs. */
  public Page<Audit.Entry> audits(Audit.Which which, PageRequest page) {
    trail.requireUnscoped(Action.LIST_AUDIT);
    return storage.audits(which, page);
  }

  /** Which builds have which runs. */
  public List<BuildUse> builds() {
    trail.requireUnscoped(Action.LIST_BUILDS);
    return storage.builds();
  }

  /** How long runs are kept. */
  public RetentionStand retention() {
    trail.requireUnscoped(Action.SHOW_RETENTION);
    return storage.retention();
  }

  /**
   * Does what neither client nor port does by itself, such as a round of deleting with an archive.
   *
   * @param target to what, or null
   * @param work what is done; what it throws is thrown, and is what it failed of
   * @param said what came of it, for the audit
   */
  public <T extends @Nullable Object, E extends Exception> T act(
      Action action, @Nullable String target, Work<T, E> work, Function<T, String> said) throws E {
    return trail.beyondRuns(Request.of(action, target), work, said);
  }
}
