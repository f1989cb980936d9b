package dev.fantasticfour.world.tck.wrong;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStorage;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/** The ways to believe an owner, or a batch, wrongly. */
final class WrongBeliefs {

  private WrongBeliefs() {}

  private static Storage owners(
      Storage inner, BiFunction<RunId, Authority.Owner, Authority> wrong) {
    return new WrongBatches(
        inner,
        batch ->
            batch.authority() instanceof Authority.Owner by
                    && batch.target() instanceof Target.OfRun target
                ? new Batch(
                    batch.id(),
                    batch.target(),
                    wrong.apply(target.run(), by),
                    batch.claim(),
                    batch.drafts())
                : batch);
  }

  /** Whoever says that it is the owner is believed. */
  static Storage unfenced(Storage inner) {
    return owners(
        inner,
        (run, by) ->
            inner
                .run(run)
                .filter(view -> view.owner() != null)
                .<Authority>map(
                    view ->
                        new Authority.Owner(
                            new WorkerId(view.owner()), view.epoch(), by.seen(), by.due()))
                .orElse(by));
  }

  /** The owner of any epoch is the owner. */
  static Storage withoutEpochs(Storage inner) {
    return owners(
        inner,
        (run, by) ->
            inner
                .run(run)
                .filter(view -> by.worker().value().equals(view.owner()))
                .<Authority>map(
                    view -> new Authority.Owner(by.worker(), view.epoch(), by.seen(), by.due()))
                .orElse(by));
  }

  /** An owner has seen everything, whatever it says. */
  static Storage neverStale(Storage inner) {
    return owners(
        inner,
        (run, by) ->
            new Authority.Owner(
                by.worker(),
                by.epoch(),
                inner.run(run).map(view -> view.lastPosition()).orElse(0L),
                by.due()));
  }

  /** Who runs a workflow without claiming it is heard as anybody is. */
  static Storage withoutForeigners(Storage inner) {
    return new WrongBatches(
        inner,
        batch ->
            batch.authority() instanceof Authority.Foreign
                ? new Batch(
                    batch.id(), batch.target(), Authority.ANYONE, batch.claim(), batch.drafts())
                : batch);
  }

  /** A batch that is repeated is taken for a new one. */
  static Storage forgettingBatches(Storage inner) {
    return new WrongBatches(inner, WrongBeliefs::takenForNew);
  }

  private static Batch takenForNew(Batch batch) {
    return new Batch(
        Batch.PREFIX + UUID.randomUUID(),
        batch.target(),
        batch.authority(),
        batch.claim(),
        batch.drafts());
  }

  /** A batch is looked for in the log of the run that it is addressed to, and nowhere else. */
  static Storage rememberingBatchesByRun(Storage inner) {
    Map<String, RunId> known = new ConcurrentHashMap<>();
    return new WrongBatches(
        inner,
        batch ->
            batch.target() instanceof Target.OfRun target
                    && !known.computeIfAbsent(batch.id(), id -> target.run()).equals(target.run())
                ? takenForNew(batch)
                : batch);
  }

  /** JSON comes back in another form. */
  static Storage reformattingJson(Storage inner) {
    return WrongBatches.withFacts(
        inner,
        fact ->
            fact instanceof Fact.RunCompleted(Payload output, int unread)
                    && output != null
                    && output.isJson()
                ? new Fact.RunCompleted(Payload.json(output.text().replace(" ", "")), unread)
                : fact);
  }

  /** An owner that goes to sleep is let sleep, whatever came meanwhile. */
  static Storage oversleeping(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public List<AppendResult> append(List<Batch> batches) {
        List<AppendResult> results = inner.append(batches);
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
    };
  }
}
