package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.UpdateFact;
import dev.fantasticfour.world.core.port.Draft;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What becomes of the updates that have no answer when somebody other than its owner ends a run:
 * whoever waits for one is answered in the unit of the end. An owner answers them itself, since it
 * knows them all: its end is refused over any that it has not seen.
 */
final class UpdatesAtEnd {

  private static final String CODE = ErrorCode.RUN_ENDED.name();

  private UpdatesAtEnd() {}

  /**
   * The answers that go into the log before the end.
   *
   * @param open those without an answer, in order of arrival
   */
  static List<Draft> answers(Draft end, Map<String, Stage> open) {
    List<Draft> answers = new ArrayList<>(open.size());
    open.forEach(
        (id, stage) ->
            answers.add(
                new Draft(
                    id,
                    end.occurredAt(),
                    stage == Stage.ASKED
                        ? new UpdateFact.Rejected(
                            error("the run was ended before its code took the update"), CODE)
                        : new UpdateFact.Failed(
                            error("the run was ended while the update was handled"), CODE))));
    return answers;
  }

  /** In the shape in which failures are recorded; a store has no codec to write them with. */
  private static Payload error(String message) {
    return Payload.json(
        "{\"type\":\"" + WorldException.class.getName() + "\",\"message\":\"" + message + "\"}");
  }
}
