package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The append as a whole, for stores that can hold a lock while Java runs: what such an adapter
 * writes itself is how a log is read and how events are kept.
 */
public final class LockedAppend {

  private final LockedStore store;
  private final Instant now;

  /** For one transaction. */
  public LockedAppend(LockedStore store) {
    this.store = store;
    this.now = store.now();
  }

  /**
   * Batches, one after the other.
   *
   * @return one result per batch, in the order given
   * @throws dev.fantasticfour.world.api.error.WorldException {@code INVALID_ARGUMENT} when one of
   *     them is not well-formed; then nothing was kept
   */
  public List<AppendResult> append(List<Batch> batches) {
    batches.forEach(this::check);
    List<AppendResult> results = new ArrayList<>(batches.size());
    for (Batch batch : batches) {
      results.add(append(batch));
    }
    return results;
  }

  private void check(Batch batch) {
    Shape.check(batch);
    if (batch.authority() instanceof Authority.Relay) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT,
          "batch " + batch.id() + " speaks for another run: relays are moved by the store alone");
    }
    switch (batch.target()) {
      case Target.OfRun target -> {
        BooleanSupplier isRepeated = () -> !store.log(target.run()).ofBatch(batch.id()).isEmpty();
        if (batch.drafts().getFirst().fact().type() == EventType.RUN_CREATED) {
          requireInTime(target.run(), isRepeated);
        }
        Births.of(batch.drafts()).keySet().forEach(run -> requireInTime(run, isRepeated));
      }
      // Also where another run has the key: what is accepted must not depend on that.
      case Target.OfKey target ->
          requireInTime(target.ifNew(), () -> store.runOfBatch(batch.id()).isPresent());
      case Target.OfHook target -> {}
    }
  }

  /**
   * A run id has to be about as old as its run, but a creation is repeated however late: only then
   * is the store asked for it.
   */
  private void requireInTime(RunId run, BooleanSupplier isRepeated) {
    try {
      RunIdWindow.check(run, now);
    } catch (WorldException outOfTime) {
      if (!isRepeated.getAsBoolean()) {
        throw outOfTime;
      }
    }
  }

  private AppendResult append(Batch batch) {
    return switch (batch.target()) {
      case Target.OfRun target -> append(runOf(target, batch), batch, batch.drafts());
      case Target.OfHook target -> append(target.token(), batch);
      case Target.OfKey target -> append(target, batch);
    };
  }

  /** What no owner says is said once, also where it was addressed to another run of the chain. */
  private RunId runOf(Target.OfRun target, Batch batch) {
    return batch.authority() instanceof Authority.Anyone
        ? store.runOfBatch(batch.id()).orElse(target.run())
        : target.run();
  }

  /** The batch id comes before the token, which may be free or somebody else's by now. */
  private AppendResult append(String token, Batch batch) {
    Optional<RunId> before = store.runOfBatch(batch.id());
    if (before.isPresent()) {
      return append(before.get(), batch, batch.drafts());
    }
    if (!(store.token(token) instanceof NameState.Held held)) {
      return new AppendResult.NotFound(AppendResult.NotFound.Kind.HOOK, token);
    }
    String hook = store.log(held.run()).hookOf(token);
    List<Draft> drafts =
        batch.drafts().stream()
            .map(draft -> new Draft(hook, draft.occurredAt(), draft.fact()))
            .toList();
    return append(held.run(), batch, drafts);
  }

  /** The batch id comes before the key, which may be another run's by now. */
  private AppendResult append(Target.OfKey target, Batch batch) {
    Optional<RunId> before = store.runOfBatch(batch.id());
    if (before.isPresent()) {
      return append(before.get(), batch, batch.drafts());
    }
    if (!(store.key(target.workflow(), target.runKey()) instanceof NameState.Held held)) {
      AppendResult made = append(target.ifNew(), batch, batch.drafts());
      // Of a store that locks no names, somebody else may have taken it between two looks.
      boolean taken =
          made instanceof AppendResult.Conflict conflict
              && conflict.reason() == AppendResult.Conflict.Reason.RUN_KEY;
      return taken ? append(target, batch) : made;
    }
    // Of a run that is gone, whose key outlives it, there is no log.
    boolean isOpen =
        store.log(held.run()).head().map(head -> !head.status().isFinal()).orElse(false);
    if (isOpen) {
      return append(held.run(), batch, batch.drafts().subList(1, batch.drafts().size()));
    }
    return new RunAppend(store, target.ifNew(), batch, batch.drafts(), now)
        .append(
            KeyGivenUp::new, () -> store.freeKey(held.run(), target.workflow(), target.runKey()));
  }

  private AppendResult append(RunId run, Batch batch, List<Draft> drafts) {
    return new RunAppend(store, run, batch, drafts, now).append();
  }
}
