package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.event.EventType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The states in which a batch finds what it is about. Ids are those of the batch's run. */
public interface Entities extends Names {

  /** The step of that id. */
  StepState step(String id);

  /** The hook of that id. */
  HookState hook(String id);

  /** The token of the live hook of that id, or null. */
  @Nullable String tokenOf(String hookId);

  /** The wait of that id. */
  WaitState wait(String id);

  /** The child, send, permit or update of that id; {@code subject} says which of them. */
  Stage stage(EventType.Subject subject, String id);

  /**
   * The updates that have no answer, by id, in order of arrival. Asked only when somebody other
   * than its owner ends the run.
   */
  Map<String, Stage> openUpdates();
}
