package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.event.ChildFact;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.run.RunId;
import java.util.List;
import java.util.function.Consumer;

/**
 * Runs that came to be with a batch of one that lives here, and that nobody has yet: as many as
 * there are places for are taken here, and the workers of their task queue hear of the others. Safe
 * for any number of threads.
 */
final class Newborn {

  private final NodeParts parts;
  private final Holdings holdings;
  private final Consumer<RunId> hearsay;

  /**
   * @param hearsay told of runs that are to be taken here
   */
  Newborn(NodeParts parts, Holdings holdings, Consumer<RunId> hearsay) {
    this.parts = parts;
    this.holdings = holdings;
    this.hearsay = hearsay;
  }

  /**
   * @param causes the events with which they came to be
   */
  void born(List<Event> causes) {
    int room = holdings.table().freePlaces();
    for (Event cause : causes) {
      if (cause.fact() instanceof ChildFact.Created child) {
        RunId run = new RunId(child.childRun());
        boolean isKnown =
            child.application() == null && parts.registry().workflow(child.workflow()).isPresent();
        if (isKnown && room > 0) {
          room--;
          hearsay.accept(run);
        } else {
          parts.news().born(run, taskQueue(child));
        }
      }
      if (cause.fact() instanceof RunFact.Continued continued) {
        // The run before leaves its place to it.
        hearsay.accept(new RunId(continued.nextRun()));
      }
    }
  }

  private String taskQueue(ChildFact.Created child) {
    String application = child.application();
    return application == null ? parts.environment().config().application() : application;
  }
}
