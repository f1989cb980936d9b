package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.UpdateFact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.UpdateRecord;
import dev.fantasticfour.world.api.run.UpdateStatus;
import dev.fantasticfour.world.core.port.RunViews;
import org.jspecify.annotations.Nullable;

/**
 * What became of an update.
 *
 * @param status a final one
 * @param payload result or error
 * @param errorCode of an error, why in a word
 */
record UpdateAnswer(
    Key update, UpdateStatus status, @Nullable Payload payload, @Nullable String errorCode) {

  /**
   * Which update.
   *
   * @param id unique within the run
   */
  record Key(RunId run, String id) {}

  /**
   * What the store says of an update.
   *
   * @param by the run that has answered it, or has to
   * @param answer null while there is none
   */
  record Found(RunId by, @Nullable UpdateAnswer answer) {}

  /** Looks for an answer, also where the run has handed over and another one has to give it. */
  static Found find(RunViews storage, Key update) {
    RunId run = update.run();
    while (true) {
      UpdateAnswer answer = storage.update(run, update.id()).map(UpdateAnswer::of).orElse(null);
      if (answer != null) {
        return new Found(run, answer.to(update));
      }
      RunId next = storage.run(run).map(RunRecord::continuedTo).orElse(null);
      if (next == null) {
        return new Found(run, null);
      }
      run = next;
    }
  }

  /** The same answer, to an update that was asked for of a run before. */
  UpdateAnswer to(Key asked) {
    return new UpdateAnswer(asked, status, payload, errorCode);
  }

  /** What an event says of an update; null when it is no answer to any. */
  static @Nullable UpdateAnswer of(Event event) {
    if (!(event.fact() instanceof UpdateFact fact) || event.correlationId() == null) {
      return null;
    }
    Key key = new Key(event.run(), event.correlationId());
    return switch (fact) {
      case UpdateFact.Requested f -> null;
      case UpdateFact.Accepted f -> null;
      case UpdateFact.Completed f ->
          new UpdateAnswer(key, UpdateStatus.COMPLETED, f.result(), null);
      case UpdateFact.Rejected f ->
          new UpdateAnswer(key, UpdateStatus.REJECTED, f.error(), f.errorCode());
      case UpdateFact.Failed f ->
          new UpdateAnswer(key, UpdateStatus.FAILED, f.error(), f.errorCode());
    };
  }

  /** What the store says of an update; null while there is no answer. */
  static @Nullable UpdateAnswer of(UpdateRecord update) {
    Key key = new Key(update.run(), update.id());
    return switch (update.status()) {
      case REQUESTED, ACCEPTED -> null;
      case COMPLETED -> new UpdateAnswer(key, update.status(), update.result(), null);
      case REJECTED, FAILED ->
          new UpdateAnswer(key, update.status(), update.error(), update.errorCode());
    };
  }
}
