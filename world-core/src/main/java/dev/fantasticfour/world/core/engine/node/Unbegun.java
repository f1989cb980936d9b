package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.UpdateFact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.run.UpdateRecord;
import dev.fantasticfour.world.core.engine.telemetry.OutsideEnds;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cancels runs that were asked to cancel before anybody had begun them. Whoever hears of one owns
 * it for a moment, also where its code is not known: there is none that would have to be told.
 */
final class Unbegun {

  private static final Logger LOG = LoggerFactory.getLogger(Unbegun.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Environment environment;
  private final Tenure tenure;
  private final Ends ends;
  private final OutsideEnds observed;

  Unbegun(Environment environment, Tenure tenure, Ends ends) {
    this.environment = environment;
    this.tenure = tenure;
    this.ends = ends;
    this.observed = new OutsideEnds(environment.storage(), environment.ports().observer());
  }

  /** Ends a run that this worker owns if it is one of those. Returns whether it was. */
  boolean cancelled(RunRecord run) {
    if (run.status() != RunStatus.PENDING) {
      return false;
    }
    try {
      Optional<Event> request = environment.storage().newest(run.id(), EventType.CANCEL_REQUESTED);
      return request.isPresent()
          && request.get().fact() instanceof Fact.CancelRequested asked
          && end(run, asked);
    } catch (WorldException e) {
      LOG.debug("run {} is not cancelled yet: {}", run.id(), e.getMessage());
      return false;
    }
  }

  /**
   * What was appended since it was taken is looked at with the next try, for it is in the answer.
   */
  private boolean end(RunRecord run, Fact.CancelRequested asked) {
    AppendResult result = append(run, asked, run.lastPosition());
    while (result instanceof AppendResult.Stale stale) {
      result = append(run, asked, stale.missing().getLast().position());
    }
    if (result instanceof AppendResult.Appended ended) {
      observed.appended(run, ended.events());
      ends.appended(ended.events());
      ends.announce(run.id(), null);
      return true;
    }
    return false;
  }

  private AppendResult append(RunRecord run, Fact.CancelRequested asked, long seen) {
    return environment.ports().appender().appendNow(end(run, asked, seen), PATIENCE);
  }

  private Batch end(RunRecord run, Fact.CancelRequested asked, long seen) {
    List<Draft> drafts = answers(run.id());
    drafts.add(new Draft(null, environment.now(), new Fact.RunCancelled(asked.reason())));
    return new Batch(
        environment.ports().ids().batch(),
        new Target.OfRun(run.id()),
        new Authority.Owner(tenure.worker(), run.epoch(), seen, Due.NEVER),
        null,
        drafts);
  }

  /** There is no code that would take the updates that were asked of it. */
  private List<Draft> answers(RunId run) {
    List<Draft> answers = new ArrayList<>();
    PageRequest next = PageRequest.oldestFirst();
    Page<UpdateRecord> page;
    do {
      page = environment.storage().updates(run, next);
      page.items().stream()
          .filter(update -> !update.status().isFinal())
          .forEach(update -> answers.add(answer(update)));
      next = next.after(page.cursor());
    } while (page.hasMore());
    return answers;
  }

  private Draft answer(UpdateRecord update) {
    WorldException ended =
        new WorldException(
            ErrorCode.RUN_ENDED, "run " + update.run() + " was cancelled before it began");
    return new Draft(
        update.id(),
        environment.now(),
        new UpdateFact.Rejected(
            environment.ports().codec().encodeFailure(ended), ErrorCode.RUN_ENDED.name()));
  }
}
