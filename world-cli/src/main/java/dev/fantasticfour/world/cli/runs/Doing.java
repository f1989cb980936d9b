package dev.fantasticfour.world.cli.runs;

import dev.fantasticfour.world.api.RunView;
import dev.fantasticfour.world.api.run.ChildRecord;
import dev.fantasticfour.world.api.run.ChildStatus;
import dev.fantasticfour.world.api.run.Hold;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.api.run.StepStatus;
import dev.fantasticfour.world.cli.view.Errors;
import dev.fantasticfour.world.cli.view.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One phrase about what a run is doing, for people: more than its status, which tells neither
 * waiting from standing nor a step of a second from one that has hung for a day.
 *
 * @param steps all of the run
 * @param hooks the live ones of the run
 * @param children all of the run
 * @param now by this machine's clock, against which the store's times are held
 */
record Doing(
    RunView view,
    List<StepRecord> steps,
    List<HookRecord> hooks,
    List<ChildRecord> children,
    Instant now) {

  private static final int MOST_PARTS = 5;

  String text() {
    return switch (view) {
      case RunView.Pending pending -> "pending for " + since(view.run().createdAt());
      case RunView.Running running -> running();
      case RunView.Waiting waiting -> waiting(waiting.until().orElse(null));
      case RunView.Paused paused -> joined(paused(paused.hold()), bodies());
      case RunView.Unattended left -> joined(untaken(left), bodies());
      case RunView.Stalled stalled ->
          "stalled since "
              + Moment.text(stalled.since())
              + ", for "
              + since(stalled.since())
              + " (cause: "
              + stalled.cause().word()
              + "): "
              + stalled.reason();
      case RunView.Completed completed -> "completed";
      case RunView.Continued on -> "goes on as run " + on.next();
      case RunView.Failed failed -> "failed: " + Errors.text(failed.failure(), false);
      case RunView.Cancelled cancelled ->
          cancelled.reason() == null ? "cancelled" : "cancelled: " + cancelled.reason();
    };
  }

  private String paused(Hold hold) {
    return "paused for "
        + since(hold.since())
        + (hold.by() == null ? "" : " by " + hold.by())
        + (hold.reason() == null ? "" : ": " + hold.reason());
  }

  private String running() {
    RunRecord run = view.run();
    List<String> parts = bodies();
    if (run.owner() == null) {
      return joined("due for " + since(run.updatedAt()), parts);
    }
    return joined(
        "running" + (parts.isEmpty() ? ", last heard of " + since(run.updatedAt()) + " ago" : ""),
        parts);
  }

  private String waiting(@Nullable Instant until) {
    List<String> parts = bodies();
    for (StepRecord step : steps) {
      if (step.status() == StepStatus.PENDING && step.retryAfter() != null) {
        parts.add(
            "step '%s' is tried again at %s, after attempt %d failed with %s"
                .formatted(
                    step.name(),
                    Moment.text(step.retryAfter()),
                    step.attempt(),
                    Errors.line(step.error())));
      }
    }
    hooks.forEach(hook -> parts.add("hook '" + hook.name() + "' for " + since(hook.createdAt())));
    children.stream()
        .filter(child -> child.status() == ChildStatus.OPEN)
        .forEach(
            child -> parts.add("child '" + child.workflow() + "' for " + since(child.createdAt())));
    if (until == null) {
      return joined(parts.isEmpty() ? "waiting for something from outside" : "waiting for", parts);
    }
    return joined("waiting until " + Moment.text(until), parts);
  }

  private List<String> bodies() {
    List<String> parts = new ArrayList<>();
    for (StepRecord step : steps) {
      if (step.status() == StepStatus.RUNNING) {
        Instant began = step.startedAt() == null ? step.createdAt() : step.startedAt();
        parts.add(
            "step '%s', attempt %d, for %s".formatted(step.name(), step.attempt(), since(began)));
      }
    }
    return parts;
  }

  /** What to look for when a run is due and nobody takes it. */
  private String untaken(RunView.Unattended left) {
    RunRecord run = left.run();
    String why =
        run.owner() == null
            ? ", and no worker has taken it"
            : ": its worker " + run.owner() + " does not live, and none has taken its place";
    return "%s for %s%s: is one running that registers workflow '%s', with WORKFLOW_APPLICATION=%s?"
        .formatted(
            run.status() == RunStatus.PENDING ? "pending" : "due",
            since(left.since()),
            why,
            run.workflow(),
            run.taskQueue());
  }

  private static String joined(String text, List<String> parts) {
    if (parts.isEmpty()) {
      return text;
    }
    String shown = String.join("; ", parts.subList(0, Math.min(MOST_PARTS, parts.size())));
    int more = parts.size() - MOST_PARTS;
    return text
        + (text.endsWith("for") ? " " : ": ")
        + shown
        + (more > 0 ? "; and " + more + " more" : "");
  }

  /** Clocks differ a little: nothing lies in the future for that. */
  private String since(Instant then) {
    Duration passed = Duration.between(then, now);
    return Moment.text(passed.isNegative() ? Duration.ZERO : passed);
  }
}
