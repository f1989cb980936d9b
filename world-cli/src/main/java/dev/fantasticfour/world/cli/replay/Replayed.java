package dev.fantasticfour.world.cli.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fantasticfour.world.cli.view.Json;
import dev.fantasticfour.world.core.engine.replay.Rehearsal.Answer;
import dev.fantasticfour.world.core.engine.replay.Rehearsal.Told;
import dev.fantasticfour.world.core.engine.replay.Rehearsal.Unregistered;
import dev.fantasticfour.world.core.engine.replay.Rehearsal.Untold;
import dev.fantasticfour.world.core.engine.replay.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What would become of a run.
 *
 * @param status it has where its history ends
 * @param file its history is in; null when it is in the store
 */
record Replayed(String run, String workflow, String status, @Nullable String file, Answer answer) {

  /** In one word, which stays what it is. */
  String outcome() {
    return switch (answer) {
      case Told(Verdict.Agrees told) -> "replays";
      case Told(Verdict.Diverges told) -> "diverges";
      case Told(Verdict.LeavesUnread told) -> "diverges";
      case Told(Verdict.EndsEarly told) -> "ends-early";
      case Told(Verdict.EndsDifferently told) -> "ends-differently";
      case Unregistered none -> "unknown-workflow";
      case Untold untold -> "unreadable";
    };
  }

  private @Nullable Verdict difference() {
    return answer instanceof Told told && !told.agrees() ? told.verdict() : null;
  }

  /** Where in the log they part; null when they do not, or nowhere in particular. */
  @Nullable Long position() {
    Verdict difference = difference();
    return difference == null || difference.position() == 0 ? null : difference.position();
  }

  @Nullable String recorded() {
    Verdict difference = difference();
    return difference == null ? null : difference.recorded();
  }

  @Nullable String asked() {
    Verdict difference = difference();
    return difference == null ? null : difference.asked();
  }

  private @Nullable String why() {
    return switch (answer) {
      case Told told -> told.agrees() ? null : told.verdict().explanation();
      case Unregistered none ->
          "No workflow '" + workflow + "' is registered. Was it renamed? Runs know it by its name.";
      case Untold untold -> untold.why();
    };
  }

  /** As a document. */
  JsonNode json() {
    ObjectNode node =
        Json.object()
            .put("run", run)
            .put("workflow", workflow)
            .put("status", status)
            .put("file", file)
            .put("outcome", outcome());
    return node.put("position", position())
        .put("recorded", recorded())
        .put("asked", asked())
        .put("explanation", why());
  }

  /** What a table does not hold: why not, and what to do. Empty when it goes on. */
  String details() {
    String why = why();
    return why == null ? "" : run + ": " + why;
  }
}
