package dev.fantasticfour.world.test;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.ChildStatus;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.StepStatus;
import dev.fantasticfour.world.api.run.WaitStatus;
import dev.fantasticfour.world.core.port.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads the store of a test, for its questions and its failures. */
final class Looks {

  private static final int PAGE = 1_000;

  private final Storage storage;

  Looks(Storage storage) {
    this.storage = storage;
  }

  /** All runs, the oldest first. */
  List<RunRecord> runs() {
    return all(page -> storage.runs(RunFilter.ALL, page));
  }

  RunRecord run(String id) {
    return storage
        .run(new RunId(id))
        .orElseThrow(() -> new IllegalArgumentException("there is no run " + id));
  }

  /** The run that goes on in the place of a run that was continued; else that run. */
  RunRecord last(String id) {
    RunRecord run = run(id);
    while (run.continuedTo() != null) {
      run = run(run.continuedTo().value());
    }
    return run;
  }

  List<Event> log(RunId run) {
    List<Event> log = new ArrayList<>(storage.history(run, 0, PAGE));
    for (List<Event> more = log; more.size() == PAGE; ) {
      more = storage.history(run, log.getLast().position(), PAGE);
      log.addAll(more);
    }
    return log;
  }

  Waiting waiting(RunRecord run) {
    List<Waiting.Part> parts = new ArrayList<>();
    if (!run.status().isFinal()) {
      RunId id = run.id();
      all(page -> storage.hooks(id, page))
          .forEach(hook -> parts.add(new Waiting.ForHook(hook.name(), hook.token())));
      storage.waits(id).stream()
          .filter(wait -> wait.status() == WaitStatus.WAITING)
          .forEach(wait -> parts.add(new Waiting.ForTime(wait.name(), wait.resumeAt())));
      all(page -> storage.steps(id, page)).stream()
          .filter(
              step -> step.status() == StepStatus.PENDING || step.status() == StepStatus.RUNNING)
          .forEach(step -> parts.add(new Waiting.ForStep(step.name(), step.attempt())));
      all(page -> storage.children(id, page)).stream()
          .filter(child -> child.status() == ChildStatus.OPEN)
          .forEach(
              child -> parts.add(new Waiting.ForChild(child.workflow(), child.childRun().value())));
    }
    return new Waiting(run.id().value(), parts);
  }

  private static <T> List<T> all(Function<PageRequest, Page<T>> read) {
    List<T> all = new ArrayList<>();
    PageRequest request = PageRequest.oldestFirst().withLimit(PAGE);
    Page<T> page = read.apply(request);
    all.addAll(page.items());
    while (page.hasMore()) {
      page = read.apply(request.after(page.cursor()));
      all.addAll(page.items());
    }
    return all;
  }

  /** What all runs do that have not ended, for whoever reads why a test has failed. */
  String dump() {
    StringBuilder text = new StringBuilder();
    for (RunRecord run : runs()) {
      if (!run.status().isFinal()) {
        text.append("\n  run ")
            .append(run.id())
            .append(" of workflow '")
            .append(run.workflow())
            .append("' is ")
            .append(run.status().word())
            .append(", and waits for ")
            .append(waiting(run));
        if (run.stalledAt() != null) {
          text.append("; it stands: ").append(run.stalledReason());
        }
      }
    }
    return text.isEmpty() ? "\n  all runs have ended" : text.toString();
  }
}
