package dev.fantasticfour.world.tck.wrong;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.memory.MemoryStorage;
import dev.fantasticfour.world.core.memory.MemoryStore;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Ways to open a world that is wrong; each opens several instances over one store. */
public final class WrongWorld {

  private WrongWorld() {}

  private static Supplier<Storage> over(UnaryOperator<Storage> wrong) {
    MemoryStore store = new MemoryStore(InstantSource.system());
    return () -> wrong.apply(new MemoryStorage(store));
  }

  /** A run that ended ends again when somebody cancels it. */
  public static Supplier<Storage> endingTwice() {
    var extra = ExtraEvents.nothing();
    return over(inner -> new ExtraEvents(inner, EventType.RUN_CANCELLED, extra));
  }

  /** A hook takes payloads when it is gone. */
  public static Supplier<Storage> receivingLate() {
    var extra = ExtraEvents.nothing();
    return over(inner -> new ExtraEvents(inner, EventType.HOOK_RECEIVED, extra));
  }

  /** Whoever says that it is the owner is believed. */
  public static Supplier<Storage> unfenced() {
    return over(
        inner ->
            new WrongBatches(
                inner,
                batch ->
                    batch.authority() instanceof Authority.Owner by
                            && batch.target() instanceof Target.OfRun target
                        ? believed(inner, target.run(), by, batch)
                        : batch));
  }

  private static Batch believed(Storage inner, RunId run, Authority.Owner by, Batch batch) {
    return inner
        .run(run)
        .filter(view -> view.owner() != null)
        .map(
            view ->
                new Batch(
                    batch.id(),
                    batch.target(),
                    new Authority.Owner(
                        new WorkerId(view.owner()), view.epoch(), by.seen(), by.due()),
                    batch.claim(),
                    batch.drafts()))
        .orElse(batch);
  }

  /** An owner that says it has seen everything, whatever it says. */
  public static Supplier<Storage> neverStale() {
    return over(
        inner ->
            new WrongBatches(
                inner,
                batch ->
                    batch.authority() instanceof Authority.Owner by
                            && batch.target() instanceof Target.OfRun target
                        ? new Batch(
                            batch.id(),
                            batch.target(),
                            new Authority.Owner(
                                by.worker(), by.epoch(), last(inner, target.run()), by.due()),
                            batch.claim(),
                            batch.drafts())
                        : batch));
  }

  private static long last(Storage inner, RunId run) {
    return inner.run(run).map(view -> view.lastPosition()).orElse(0L);
  }

  /** A batch that is repeated is taken for a new one. */
  public static Supplier<Storage> forgettingBatches() {
    return over(
        inner ->
            new WrongBatches(
                inner,
                batch ->
                    new Batch(
                        Batch.PREFIX + UUID.randomUUID(),
                        batch.target(),
                        batch.authority(),
                        batch.claim(),
                        batch.drafts())));
  }

  /** JSON comes back in another form. */
  public static Supplier<Storage> reformattingJson() {
    return over(
        inner ->
            WrongBatches.withFacts(
                inner,
                fact ->
                    fact instanceof Fact.RunCompleted(Payload output)
                            && output != null
                            && output.isJson()
                        ? new Fact.RunCompleted(Payload.json(output.text().replace(" ", "")))
                        : fact));
  }

  /** A token is looked up, and taken a moment later. */
  public static Supplier<Storage> checkingTokensFirst() {
    Map<String, RunId> holders = new ConcurrentHashMap<>();
    return over(inner -> new CheckThenInsert(inner, holders));
  }

  /** No cursor at the end of a list. */
  public static Supplier<Storage> withoutTailCursor() {
    return over(WrongReads::withoutTailCursor);
  }

  /** Tokens outlive their hooks. */
  public static Supplier<Storage> withStaleTokens() {
    Map<String, HookRecord> cache = new ConcurrentHashMap<>();
    return over(inner -> WrongReads.withStaleTokens(inner, cache));
  }

  /** The log stands in the order of ids that were made before the commit. */
  public static Supplier<Storage> inOrderOfIds() {
    return over(WrongReads::withLogInOrderOfIds);
  }

  /** An owner that goes to sleep is let sleep, whatever came meanwhile. */
  public static Supplier<Storage> oversleeping() {
    return over(
        inner ->
            new ForwardingStorage(inner) {
              @Override
              public List<AppendResult> append(List<Batch> batches) {
                var results = inner.append(batches);
                batches.forEach(this::sleep);
                return results;
              }

              private void sleep(Batch batch) {
                if (batch.authority() instanceof Authority.Owner by
                    && by.due() instanceof Due.Never due
                    && batch.target() instanceof Target.OfRun target) {
                  inner.reschedule(by.worker(), target.run(), by.epoch(), Long.MAX_VALUE, due);
                }
              }
            });
  }
}
