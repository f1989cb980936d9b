package dev.fantasticfour.world.tck.wrong;

import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.run.Parent;
import dev.fantasticfour.world.api.run.Pin;
import dev.fantasticfour.world.api.run.RunRecord;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs that are shown otherwise than they are. */
final class Altered {

  private Altered() {}

  static RunRecord run(
      RunRecord run,
      @Nullable Instant startedAt,
      int lostAttempts,
      @Nullable String stalledReason) {
    return run(run, startedAt, lostAttempts, stalledReason, run.owner(), run.dueAt());
  }

  /** The same run in the hands of somebody else. */
  static RunRecord owned(RunRecord run, String owner) {
    return run(run, run.startedAt(), run.lostAttempts(), run.stalledReason(), owner, run.dueAt());
  }

  /** The same run, due at another time. */
  static RunRecord due(RunRecord run, @Nullable Instant dueAt) {
    return run(run, run.startedAt(), run.lostAttempts(), run.stalledReason(), run.owner(), dueAt);
  }

  /** The same run with other attributes. */
  static RunRecord attributes(RunRecord run, Map<String, AttributeValue> attributes) {
    return run(
        run,
        attributes,
        run.startedAt(),
        run.lostAttempts(),
        run.stalledReason(),
        run.owner(),
        run.dueAt(),
        run.pin(),
        run.parent());
  }

  /** The same run, for other builds and of other parents. */
  static RunRecord kin(RunRecord run, Pin pin, @Nullable Parent parent) {
    return run(
        run,
        run.attributes(),
        run.startedAt(),
        run.lostAttempts(),
        run.stalledReason(),
        run.owner(),
        run.dueAt(),
        pin,
        parent);
  }

  private static RunRecord run(
      RunRecord run,
      @Nullable Instant startedAt,
      int lostAttempts,
      @Nullable String stalledReason,
      @Nullable String owner,
      @Nullable Instant dueAt) {
    return run(
        run,
        run.attributes(),
        startedAt,
        lostAttempts,
        stalledReason,
        owner,
        dueAt,
        run.pin(),
        run.parent());
  }

  private static RunRecord run(
      RunRecord run,
      Map<String, AttributeValue> attributes,
      @Nullable Instant startedAt,
      int lostAttempts,
      @Nullable String stalledReason,
      @Nullable String owner,
      @Nullable Instant dueAt,
      Pin pin,
      @Nullable Parent parent) {
    return new RunRecord(
        run.id(),
        run.status(),
        run.workflow(),
        run.deploymentId(),
        run.specVersion(),
        run.taskQueue(),
        run.input(),
        run.output(),
        run.error(),
        run.errorCode(),
        run.reason(),
        run.runKey(),
        run.inputHash(),
        attributes,
        run.executionContext(),
        run.createdAt(),
        run.updatedAt(),
        startedAt,
        run.completedAt(),
        run.lastPosition(),
        owner,
        run.epoch(),
        dueAt,
        lostAttempts,
        run.stalledAt(),
        run.stalledCause(),
        stalledReason,
        run.unreadSignals(),
        pin,
        parent,
        run.predecessor(),
        run.deadline(),
        run.continuedTo(),
        run.origin(),
        run.hold());
  }
}
