package dev.fantasticfour.world.core.engine.telemetry;

import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.core.observe.Observer;
import dev.fantasticfour.world.core.observe.Occurrence;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.RunViews;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells an observer of runs that are ended by somebody who does not execute them. Safe for any
 * number of threads; reads the run once, if it is observed, so it may block.
 */
public final class OutsideEnds {

  private static final Logger LOG = LoggerFactory.getLogger(OutsideEnds.class);

  private final RunViews runs;
  private final Observer observer;

  /**
   * @param runs where what is ended is looked up
   */
  public OutsideEnds(RunViews runs, Observer observer) {
    this.runs = runs;
    this.observer = observer;
  }

  /** Events that ended a run, or did not, were appended. */
  public void appended(AppendResult.InLog ended) {
    if (observer == Observer.NONE) {
      return;
    }
    try {
      runs.run(ended.run()).ifPresent(run -> appended(run, ended.events()));
    } catch (WorldException e) {
      // What is measured is not worth a failure of what was done.
      LOG.debug("the end of run {} is not measured: {}", ended.run(), e.getMessage());
    }
  }

  /** The same of a run that is known. */
  public void appended(RunRecord run, List<Event> events) {
    for (Event event : events) {
      Occurrence.Ending ending = Endings.in(event.fact());
      if (ending != null) {
        Duration lasted = Duration.between(run.createdAt(), event.createdAt());
        observer.on(new Occurrence.RunEnded(run.id(), run.workflow(), ending, null, lasted));
      }
    }
  }
}
