package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.AppendResult;

/** What the rules say about one event. */
public sealed interface Verdict {

  /** It goes into the log as it is. */
  record Accepted() implements Verdict {}

  /** A {@code run_created} made of its creation goes into the log, then it itself (2.5). */
  record AcceptedAfterCreation() implements Verdict {}

  /** The token is taken: a {@code hook_conflict} goes into the log instead. */
  record TokenTaken(RunId by) implements Verdict {}

  /** The run key is taken: a {@code child_conflict} goes into the log instead. */
  record KeyTaken(RunId by) implements Verdict {}

  /** It is so already: nothing goes into the log (E-8). */
  record Unchanged() implements Verdict {}

  /** It is refused, and with it its whole batch. */
  record Refused(AppendResult result) implements Verdict {}

  /** It goes into the log. */
  Verdict ACCEPTED = new Accepted();

  /** It is so already. */
  Verdict UNCHANGED = new Unchanged();
}
