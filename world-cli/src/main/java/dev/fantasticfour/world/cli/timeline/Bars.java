package dev.fantasticfour.world.cli.timeline;

import dev.fantasticfour.world.api.event.ChildFact;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.HookFact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.event.StepFact;
import dev.fantasticfour.world.api.event.WaitFact;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The bars of a run: one for it, then one for each step, wait, hook and child as it came. */
public final class Bars {

  private final Map<String, OneBar> bars = new LinkedHashMap<>();
  private final OneBar run = new OneBar("run");

  private Bars() {}

  /** Those of a log, which is whole and in order. */
  public static List<Bar> of(List<Event> log) {
    Bars bars = new Bars();
    log.forEach(bars::add);
    return bars.all();
  }

  private List<Bar> all() {
    List<Bar> all = new ArrayList<>();
    all.add(run.bar());
    bars.values().forEach(each -> all.add(each.bar()));
    return all;
  }

  private void add(Event event) {
    switch (event.fact()) {
      case StepFact fact -> step(event, fact);
      case WaitFact fact -> wait(event, fact);
      case HookFact fact -> hook(event, fact);
      case ChildFact fact -> child(event, fact);
      default -> run(event);
    }
    if (event.type().endsRun()) {
      bars.values().forEach(each -> each.left(event.createdAt()));
    }
  }

  private void run(Event event) {
    switch (event.fact()) {
      case Fact.RunCreated f -> {
        run.named(f.workflow());
        run.begin(Bar.Mark.WAITING, event.createdAt());
      }
      case Fact.RunStarted f -> run.begin(Bar.Mark.RUNNING, event.createdAt());
      case Fact.RunFailed f -> run.failed(event.createdAt(), "failed");
      default -> {
        if (event.type().endsRun()) {
          run.end(event.createdAt(), event.type().word().substring("run_".length()));
        }
      }
    }
  }

  private void step(Event event, StepFact fact) {
    OneBar bar = bar(event, null);
    switch (fact) {
      case Fact.StepCreated f -> {
        bar.named(name(f.site()));
        bar.begin(Bar.Mark.WAITING, event.createdAt());
      }
      case Fact.StepStarted f -> {
        bar.named(name(f.site()));
        bar.attempt(f.attempt(), f.startedAt() == null ? event.createdAt() : f.startedAt());
      }
      case Fact.StepRetrying f -> {
        bar.named(name(f.site()));
        bar.retrying(f.attempt(), event.createdAt(), f.retryAt());
      }
      case Fact.StepCompleted f -> {
        bar.named(name(f.site()));
        bar.attempted(f.attempt(), f.startedAt());
        bar.end(event.createdAt(), "");
      }
      case Fact.StepFailed f -> {
        bar.named(name(f.site()));
        bar.attempted(f.attempt(), f.startedAt());
        bar.failed(event.createdAt(), "failed");
      }
      case Fact.StepCancelled f -> bar.end(event.createdAt(), "cancelled");
    }
  }

  private void wait(Event event, WaitFact fact) {
    OneBar bar = bar(event, "sleep");
    switch (fact) {
      case Fact.WaitCreated f -> {
        bar.named(name(f.site()));
        bar.begin(Bar.Mark.WAITING, event.createdAt());
      }
      case Fact.WaitCompleted f -> bar.end(event.createdAt(), "");
      case Fact.WaitCancelled f -> bar.end(event.createdAt(), "cancelled");
    }
  }

  private void hook(Event event, HookFact fact) {
    OneBar bar = bar(event, "hook");
    switch (fact) {
      case Fact.HookCreated f -> {
        bar.named(name(f.site()));
        bar.begin(Bar.Mark.WAITING, event.createdAt());
      }
      case HookFact.Carried f -> {
        bar.named(f.name());
        bar.begin(Bar.Mark.WAITING, event.createdAt());
      }
      case Fact.HookReceived f -> bar.received(event.createdAt());
      case Fact.HookDisposed f -> bar.end(event.createdAt(), "");
      case Fact.HookConflict f -> bar.failed(event.createdAt(), "conflict");
    }
  }

  private void child(Event event, ChildFact fact) {
    OneBar bar = bar(event, "child");
    switch (fact) {
      case ChildFact.Created f -> {
        bar.named(f.workflow());
        bar.begin(Bar.Mark.WAITING, event.createdAt());
      }
      case ChildFact.Carried f -> {
        bar.named(f.workflow());
        bar.begin(Bar.Mark.WAITING, event.createdAt());
      }
      case ChildFact.Completed f -> bar.end(event.createdAt(), "");
      case ChildFact.Failed f -> bar.failed(event.createdAt(), "failed");
      case ChildFact.Conflict f -> bar.failed(event.createdAt(), "conflict");
      case ChildFact.Cancelled f -> bar.end(event.createdAt(), "cancelled");
      case ChildFact.CancelRequested f -> {}
    }
  }

  private OneBar bar(Event event, @Nullable String kind) {
    return bars.computeIfAbsent(
        String.valueOf(event.correlationId()), id -> new OneBar(kind == null ? "step" : kind));
  }

  private static @Nullable String name(@Nullable Site site) {
    if (site == null) {
      return null;
    }
    return site.branch().isEmpty() ? site.name() : site.branch() + "/" + site.name();
  }
}
