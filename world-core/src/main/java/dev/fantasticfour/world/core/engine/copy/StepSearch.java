package dev.fantasticfour.world.core.engine.copy;

import dev.fantasticfour.world.api.CopyOptions;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.rules.FactParts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds the step that a fork begins at. Pure. */
final class StepSearch {

  private StepSearch() {}

  /**
   * The first event about it.
   *
   * @throws WorldException {@code STEP_NOT_FOUND} naming the steps there are; {@code
   *     INVALID_ARGUMENT} when there are several and nobody says which
   */
  static Event in(RunId run, List<Event> log, String step, CopyOptions options) {
    Map<String, Event> firsts = new LinkedHashMap<>();
    TreeSet<String> names = new TreeSet<>();
    for (Event event : log) {
      Site site = FactParts.site(event.fact());
      if (event.type().isOfStep() && site != null) {
        names.add(site.name());
        if (site.name().equals(step) && isIn(site, options)) {
          firsts.putIfAbsent(String.valueOf(event.correlationId()), event);
        }
      }
    }
    List<Event> found = new ArrayList<>(firsts.values());
    Integer wanted = options.occurrence();
    if (found.isEmpty() || wanted != null && (wanted < 1 || wanted > found.size())) {
      throw new WorldException(
          ErrorCode.STEP_NOT_FOUND,
          "run "
              + run
              + " has "
              + (found.isEmpty() ? "no" : "only " + found.size())
              + " step '"
              + step
              + "'"
              + (options.branch() == null ? "" : " in branch '" + options.branch() + "'")
              + "; it has: "
              + names.stream().limit(20).collect(Collectors.joining(", ")));
    }
    if (wanted == null && found.size() > 1) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT,
          "run "
              + run
              + " has "
              + found.size()
              + " steps '"
              + step
              + "': say which, by occurrence from 1 or by branch");
    }
    return wanted == null ? found.getFirst() : found.get(wanted - 1);
  }

  private static boolean isIn(Site site, CopyOptions options) {
    return options.branch() == null || options.branch().equals(site.branch());
  }
}
