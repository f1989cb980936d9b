package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunStatus;
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
import java.util.function.UnaryOperator;

/**
 * The append as a whole, for stores that can hold a lock while Java runs: what such an adapter
 * writes itself is how a log is read and how events are kept.
 */
public final class LockedAppend {

  /** The store within one transaction, which nobody else can write to until the commit. */
  public interface Store extends Names {

    /** The store's clock. */
    Instant now();

    /** The log of a run, empty for an unknown one. */
    Log log(RunId run);

    /** The run in whose log a batch for a hook's token or a run key is already. */
    Optional<RunId> runOfBatch(String batchId);

    /** A run that has ended has that run key no more: another one is about to take it. */
    void freeKey(RunId ended, String workflow, String runKey);
  }

  /** The log of one run, and what is beside it. */
  public interface Log {

    /** Where the log ends; empty for an unknown run. */
    Optional<Head> head();

    /** The states in which a batch finds what it is about. */
    Entities entities();

    /**
     * The live hook of this run that has a token, of which the store says that this run holds it.
     */
    String hookOf(String token);

    /** Who looks after the run; {@link Custody#NEW} for an unknown one. */
    Custody custody();

    /** The events of a batch, in order; none when it is not in the log. */
    List<Event> ofBatch(String batchId);

    /** The events that no owner wrote, after a position and up to another, in order. */
    List<Event> byOthers(long after, long upTo);

    /**
     * Keeps an accepted batch, with the names that its events give and free.
     *
     * @param placed its events; none when it asks for nothing new
     * @param custody what is beside the log from now on
     */
    void keep(Batch batch, List<Event> placed, Custody custody);
  }

  /**
   * Where the log of a run ends.
   *
   * @param status of the run after it
   * @param position of the newest event
   * @param createdAt time of the newest event
   * @param taskQueue where the run's wake-ups go while nobody owns it
   */
  public record Head(RunStatus status, long position, Instant createdAt, String taskQueue) {

    /** The end of a log that was read; empty for an empty one. */
    public static Optional<Head> of(RunFold fold) {
      return fold.newest()
          .map(
              newest ->
                  new Head(
                      fold.status(),
                      newest.position(),
                      newest.createdAt(),
                      fold.creation().orElseThrow().taskQueue()));
    }
  }

  private final Store store;
  private final Instant now;

  /** For one transaction. */
  public LockedAppend(Store store) {
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

  /**
   * Moves a relay, which the store has found to wait for that run.
   *
   * @return as for any batch; what is refused is not owed any more
   */
  public AppendResult relay(Relay relay) {
    return append(relay.target(), relay.batch(), relay.batch().drafts());
  }

  private void check(Batch batch) {
    Shape.check(batch);
    if (batch.authority() instanceof Authority.Relay) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT,
          "batch " + batch.id() + " speaks for another run: relays are moved by the store alone");
    }
    if (batch.target() instanceof Target.OfRun target
        && batch.drafts().getFirst().fact().type() == EventType.RUN_CREATED) {
      requireInTime(target.run(), () -> !store.log(target.run()).ofBatch(batch.id()).isEmpty());
    }
    if (batch.target() instanceof Target.OfKey target) {
      // Also where another run has the key: what is accepted must not depend on that.
      requireInTime(target.ifNew(), () -> store.runOfBatch(batch.id()).isPresent());
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
      case Target.OfRun target -> append(target.run(), batch, batch.drafts());
      case Target.OfHook target -> append(target.token(), batch);
      case Target.OfKey target -> append(target, batch);
    };
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
    RunStatus status = store.log(held.run()).head().orElseThrow().status();
    if (!status.isFinal()) {
      return append(held.run(), batch, batch.drafts().subList(1, batch.drafts().size()));
    }
    return append(
        target.ifNew(),
        batch,
        batch.drafts(),
        KeyGivenUp::new,
        () -> store.freeKey(held.run(), target.workflow(), target.runKey()));
  }

  private AppendResult append(RunId run, Batch batch, List<Draft> drafts) {
    return append(run, batch, drafts, UnaryOperator.identity(), () -> {});
  }

  /**
   * @param finds in which states the batch finds things, from those that they are in
   * @param makeWay what has to be done before the batch is kept, once it is accepted
   */
  private AppendResult append(
      RunId run, Batch batch, List<Draft> drafts, UnaryOperator<Entities> finds, Runnable makeWay) {
    Log log = store.log(run);
    List<Event> before = log.ofBatch(batch.id());
    if (!before.isEmpty()) {
      List<Event> unseen = unseen(log, batch, before.getFirst().position() - 1);
      String taskQueue = log.head().orElseThrow().taskQueue();
      return new AppendResult.Repeated(run, before, log.custody().owner(), taskQueue, unseen);
    }
    Optional<Head> head = log.head();
    long last = head.map(Head::position).orElse(0L);
    RunState state =
        head.<RunState>map(end -> log.custody().state(end.status())).orElse(RunState.ABSENT);
    List<Event> unseen = unseen(log, batch, last);
    Entities entities = finds.apply(log.entities());
    return switch (BatchRules.judge(run, state, entities, batch, drafts, unseen, now)) {
      case Ruling.Refused refused -> refused.result();
      case Ruling.Accepted accepted -> {
        makeWay.run();
        // Places are given after the verdict and under the lock (law L2).
        Instant lastCreatedAt = head.map(Head::createdAt).orElse(now);
        List<Event> placed =
            Sequencer.of(run, batch.id(), accepted.entries(), last, lastCreatedAt, now);
        Custody found = head.isPresent() ? log.custody() : born(placed);
        Custody custody =
            found.after(
                batch,
                !placed.isEmpty(),
                // Whoever ends over signals leaves nothing to be told of.
                !unseen.isEmpty() && !isEnded(placed),
                last + placed.size());
        log.keep(batch, placed, custody);
        String taskQueue = head.map(Head::taskQueue).orElseGet(() -> taskQueue(placed));
        yield new AppendResult.Appended(run, placed, custody.owner(), taskQueue, unseen);
      }
    };
  }

  private static boolean isEnded(List<Event> placed) {
    return !placed.isEmpty() && placed.getLast().type().endsRun();
  }

  private static List<Event> unseen(Log log, Batch batch, long upTo) {
    return batch.authority() instanceof Authority.Owner owner
        ? log.byOthers(owner.seen(), upTo)
        : List.of();
  }

  private static Custody born(List<Event> placed) {
    return !placed.isEmpty() && placed.getFirst().fact() instanceof Fact.RunCreated created
        ? Custody.of(created)
        : Custody.NEW;
  }

  /** Where the wake-ups of a run that is just created go while nobody owns it. */
  private static String taskQueue(List<Event> placed) {
    return placed.getFirst().fact() instanceof Fact.RunCreated created ? created.taskQueue() : "";
  }
}
