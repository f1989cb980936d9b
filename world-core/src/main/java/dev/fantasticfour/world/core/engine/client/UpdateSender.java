package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.UpdateHandle;
import dev.fantasticfour.world.api.UpdateOptions;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.UpdateFact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.workflow.UpdateType;
import dev.fantasticfour.world.core.engine.client.OutsideAppends.Addressee;
import dev.fantasticfour.world.core.engine.client.UpdateAnswer.Key;
import dev.fantasticfour.world.core.engine.node.Hints;
import dev.fantasticfour.world.core.engine.node.Ports;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Target;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Asks runs for updates. The batch id is made of run and update id, so that asking again under an
 * id finds what was asked, whoever asks and whatever has become of the run.
 */
final class UpdateSender {

  private final OutsideAppends appends;
  private final Hints hints;
  private final Ports ports;
  private final Updating updating;

  UpdateSender(OutsideAppends appends, Hints hints, Ports ports, Updating updating) {
    this.appends = appends;
    this.hints = hints;
    this.ports = ports;
    this.updating = updating;
  }

  /** Asks, and gives a handle. */
  <Q, R> UpdateHandle<R> start(
      UpdateType<Q, R> type, RunId run, @Nullable Q request, UpdateOptions options) {
    Asked asked = ask(type, key(run, options), options.id() != null, request);
    return handle(type, asked.update(), asked.taskQueue());
  }

  /** Asks, and waits for the answer. */
  <Q, R> @Nullable R update(
      UpdateType<Q, R> type, RunId run, @Nullable Q request, UpdateOptions options) {
    Key update = key(run, options);
    String here = ports.config().application();
    // Before it is asked: the answer may be there as soon as the question is.
    CompletableFuture<UpdateAnswer> answer = updating.watch().of(update, here);
    long coverage = updating.watch().coverage(here);
    boolean asked = false;
    try {
      Asked there = ask(type, update, options.id() != null, request);
      asked = true;
      UpdateAsk<R> handle = handle(type, there.update(), there.taskQueue());
      if (!there.taskQueue().equals(here) || !there.update().equals(update)) {
        answer.cancel(false);
        return handle.result(options.timeout());
      }
      if (!there.isNew() || !updating.watch().isCoveredSince(coverage, here)) {
        updating.watch().look(update);
      }
      return handle.await(answer, options.timeout());
    } finally {
      if (!asked) {
        answer.cancel(false);
      }
    }
  }

  /** Asks the run of a key, or a new one that is created so, and gives a handle. */
  <Q, R> UpdateHandle<R> startOrCreate(
      Fact.RunCreated creation,
      String runKey,
      UpdateType<Q, R> type,
      @Nullable Q request,
      UpdateOptions options) {
    Key ifNew = key(ports.ids().run(), options);
    Payload payload = encoded(type, request);
    Draft asked = requested(type, ifNew, payload);
    AppendResult.ToAnyone result =
        append(
            ifNew,
            OutsideAppends.key(creation.workflow(), runKey, ifNew.id()),
            new Target.OfKey(creation.workflow(), runKey, ifNew.run()),
            List.of(appends.draft(null, creation), asked));
    if (result instanceof AppendResult.Conflict refused
        && refused.reason() == AppendResult.Conflict.Reason.EXISTS) {
      // The run that has the key knows an update of that id: it was asked for by the run's id.
      return start(type, updating.holder().apply(creation.workflow(), runKey), request, options);
    }
    RunId run = result instanceof AppendResult.InLog accepted ? accepted.run() : ifNew.run();
    Key update = new Key(run, ifNew.id());
    return handle(type, update, answered(type, update, result).taskQueue());
  }

  private Key key(RunId run, UpdateOptions options) {
    String id = options.id();
    return new Key(run, id == null ? ports.ids().update() : id);
  }

  private <R> UpdateAsk<R> handle(UpdateType<?, R> type, Key update, String taskQueue) {
    return new UpdateAsk<>(updating, update, taskQueue, new UpdateOutcome<>(ports.codec(), type));
  }

  /**
   * It is in the log.
   *
   * @param update of the run that is to answer it
   * @param isNew whether it was not there before
   */
  private record Asked(Key update, String taskQueue, boolean isNew) {}

  /**
   * @param isNamed whether its sender gave the id, which may have been used in the chain before
   */
  private <Q> Asked ask(UpdateType<Q, ?> type, Key update, boolean isNamed, @Nullable Q request) {
    Payload payload = encoded(type, request);
    Addressee to = isNamed ? appends.addressee(update.run()) : Addressee.only(update.run());
    Key there = new Key(to.newest(), update.id());
    AppendResult.ToAnyone result =
        append(
            there,
            OutsideAppends.key(to.chain().value(), "update", update.id()),
            new Target.OfRun(to.newest()),
            List.of(requested(type, there, payload)));
    return answered(type, there, result);
  }

  private Asked answered(UpdateType<?, ?> type, Key update, AppendResult.ToAnyone result) {
    return switch (result) {
      case AppendResult.InLog accepted -> {
        requireSame(type, update, accepted.events());
        hints.tell(accepted.run(), accepted.events(), accepted.owner(), accepted.taskQueue());
        yield new Asked(
            new Key(accepted.run(), update.id()),
            accepted.taskQueue(),
            accepted instanceof AppendResult.Appended);
      }
      case AppendResult.NotFound missing -> throw RunReads.notFound(update.run());
      case AppendResult.Closed closed -> throw ended(update.run());
      case AppendResult.Conflict refused -> {
        if (refused.reason() != AppendResult.Conflict.Reason.EXISTS) {
          throw unexpected(update, refused);
        }
        // Asked by somebody who names batches otherwise: whatever it was, it has one answer.
        yield new Asked(update, ports.config().application(), false);
      }
      case AppendResult.Fenced over -> throw unexpected(update, over);
    };
  }

  private Draft requested(UpdateType<?, ?> type, Key update, @Nullable Payload payload) {
    return appends.draft(update.id(), new UpdateFact.Requested(type.name(), payload));
  }

  private AppendResult.ToAnyone append(
      Key update, String batchKey, Target target, List<Draft> drafts) {
    try {
      return appends.appendAgain(batchKey, target, drafts);
    } catch (WorldException e) {
      throw OutsideAppends.unanswered(
          "update '" + update.id() + "' was asked for", "asking again under its id is safe", e);
    }
  }

  private <Q> @Nullable Payload encoded(UpdateType<Q, ?> type, @Nullable Q request) {
    Payload payload = ports.codec().encode(request, type.request());
    requireReadable(type, payload);
    return payload;
  }

  /** What cannot be read again is better not sent: here somebody can mend it. */
  private void requireReadable(UpdateType<?, ?> type, @Nullable Payload payload) {
    try {
      Object unused = ports.codec().decode(payload, type.request());
    } catch (WorldException e) {
      throw new WorldException(
          e.code(),
          "nothing was asked for: the request of update '"
              + type.name()
              + "' can be written and not read again: "
              + e.getMessage(),
          e);
    }
  }

  private static void requireSame(UpdateType<?, ?> type, Key update, List<Event> events) {
    for (Event event : events) {
      if (event.fact() instanceof UpdateFact.Requested requested
          && update.id().equals(event.correlationId())
          && !requested.name().equals(type.name())) {
        throw new WorldException(
            ErrorCode.INVALID_ARGUMENT,
            "update id '"
                + update.id()
                + "' was used before in run "
                + update.run()
                + " for an update '"
                + requested.name()
                + "', and is now for '"
                + type.name()
                + "'; nothing was asked for: use another id");
      }
    }
  }

  private static WorldException ended(RunId run) {
    return new WorldException(
        ErrorCode.RUN_ENDED,
        "run " + run + " has ended, and takes no updates any more; nothing was asked for");
  }

  private static RuntimeException unexpected(Key update, AppendResult result) {
    return OutsideAppends.unexpected("update '" + update.id() + "'", result);
  }
}
