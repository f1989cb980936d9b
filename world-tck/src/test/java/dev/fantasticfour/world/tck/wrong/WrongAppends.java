package dev.fantasticfour.world.tck.wrong;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStorage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** The ways to append wrongly. */
final class WrongAppends {

  private WrongAppends() {}

  private static Storage each(Storage inner, BiFunction<Storage, Batch, AppendResult> append) {
    return new ForwardingStorage(inner) {
      @Override
      public List<AppendResult> append(List<Batch> batches) {
        return batches.stream().map(batch -> append.apply(inner, batch)).toList();
      }
    };
  }

  /** Every draft in a transaction of its own. */
  static Storage draftByDraft(Storage inner) {
    return each(inner, WrongAppends::draftByDraft);
  }

  private static AppendResult draftByDraft(Storage inner, Batch batch) {
    if (batch.drafts().size() == 1 || batch.claim() != null) {
      return inner.append(List.of(batch)).getFirst();
    }
    List<Event> events = new ArrayList<>();
    AppendResult last = null;
    for (int i = 0; i < batch.drafts().size(); i++) {
      Batch one =
          new Batch(
              batch.id() + (i == 0 ? "" : "-" + i),
              batch.target(),
              batch.authority(),
              null,
              List.of(batch.drafts().get(i)));
      last = inner.append(List.of(one)).getFirst();
      if (!(last instanceof AppendResult.Appended appended)) {
        return last;
      }
      events.addAll(appended.events());
    }
    AppendResult.Appended appended = (AppendResult.Appended) last;
    return new AppendResult.Appended(
        appended.run(), events, appended.owner(), appended.taskQueue(), appended.unseen());
  }

  /** A stale owner is not told what it has missed. */
  static Storage withoutWhatIsMissing(Storage inner) {
    return each(
        inner,
        (storage, batch) -> {
          AppendResult result = storage.append(List.of(batch)).getFirst();
          return result instanceof AppendResult.Stale ? new AppendResult.Stale(List.of()) : result;
        });
  }

  /** The token is looked up before the batch id. */
  static Storage tokenFirst(Storage inner) {
    return each(
        inner,
        (storage, batch) ->
            batch.target() instanceof Target.OfHook hook
                    && storage.hookByToken(hook.token()).isEmpty()
                ? new AppendResult.NotFound(AppendResult.NotFound.Kind.HOOK, hook.token())
                : storage.append(List.of(batch)).getFirst());
  }

  /** A run key is free again once its run has ended. */
  static Storage freeingRunKeys(Storage inner) {
    return each(
        inner,
        (storage, batch) ->
            storage
                .append(
                    List.of(
                        new Batch(
                            batch.id(),
                            batch.target(),
                            batch.authority(),
                            batch.claim(),
                            batch.drafts().stream().map(draft -> freed(storage, draft)).toList())))
                .getFirst());
  }

  private static Draft freed(Storage inner, Draft draft) {
    if (!(draft.fact() instanceof Fact.RunCreated created) || created.runKey() == null) {
      return draft;
    }
    boolean over =
        inner
            .runByKey(created.workflow(), created.runKey())
            .filter(run -> run.status().isFinal())
            .isPresent();
    return !over
        ? draft
        : WrongEvents.with(
            draft,
            new Fact.RunCreated(
                created.workflow(),
                created.deploymentId(),
                created.specVersion(),
                created.taskQueue(),
                created.input(),
                null,
                created.inputHash(),
                created.attributes(),
                created.executionContext(),
                created.pin(),
                created.parent(),
                created.predecessor(),
                created.deadline(),
                created.origin()));
  }
}
