package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.UpdateFact;
import dev.fantasticfour.world.api.run.UpdateRecord;
import dev.fantasticfour.world.api.run.UpdateStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An update as the events about it tell. */
public final class UpdateFold {

  private UpdateFold() {}

  /**
   * After one more event.
   *
   * @param before null before the first
   * @throws IllegalStateException when the first is not {@code update_requested}
   */
  public static UpdateRecord after(@Nullable UpdateRecord before, Event event, UpdateFact fact) {
    if (fact instanceof UpdateFact.Requested f) {
      return new UpdateRecord(
          event.run(),
          String.valueOf(event.correlationId()),
          f.name(),
          UpdateStatus.REQUESTED,
          f.request(),
          null,
          null,
          null,
          event.createdAt(),
          null,
          null);
    }
    if (before == null) {
      throw new IllegalStateException(event.type().word() + " of an update that is not there");
    }
    return switch (fact) {
      case UpdateFact.Requested f -> before;
      case UpdateFact.Accepted f ->
          with(before, UpdateStatus.ACCEPTED, null, null, null, event.createdAt(), null);
      case UpdateFact.Rejected f ->
          ended(before, UpdateStatus.REJECTED, null, f.error(), f.errorCode(), event);
      case UpdateFact.Completed f ->
          ended(before, UpdateStatus.COMPLETED, f.result(), null, null, event);
      case UpdateFact.Failed f ->
          ended(before, UpdateStatus.FAILED, null, f.error(), f.errorCode(), event);
    };
  }

  private static UpdateRecord ended(
      UpdateRecord before,
      UpdateStatus status,
      @Nullable Payload result,
      @Nullable Payload error,
      @Nullable String errorCode,
      Event event) {
    return with(before, status, result, error, errorCode, before.acceptedAt(), event.createdAt());
  }

  private static UpdateRecord with(
      UpdateRecord before,
      UpdateStatus status,
      @Nullable Payload result,
      @Nullable Payload error,
      @Nullable String errorCode,
      @Nullable Instant acceptedAt,
      @Nullable Instant completedAt) {
    return new UpdateRecord(
        before.run(),
        before.id(),
        before.name(),
        status,
        before.request(),
        result,
        error,
        errorCode,
        before.createdAt(),
        acceptedAt,
        completedAt);
  }
}
