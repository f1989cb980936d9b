package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.EventType;
import java.util.EnumSet;
import java.util.Set;

/** Numbers that all parts of a world agree on. */
public final class Protocol {

  /** The newest protocol version this world speaks. */
  public static final int SPEC_VERSION = 7;

  /** The longest hook token and run key, in characters (ID-3). */
  public static final int MAX_TOKEN_LENGTH = 4096;

  /**
   * The longest name of a workflow, in bytes of UTF-8 (ID-5): stores index it, and what an index
   * takes is counted in bytes.
   */
  public static final int MAX_NAME_BYTES = 1_000;

  /** The most events that one read of the history returns. */
  public static final int MAX_HISTORY = 10_000;

  /** What came with {@link #SPEC_VERSION} 7. */
  private static final Set<EventType> OF_SEVEN =
      EnumSet.of(
          EventType.RUN_CONTINUED,
          EventType.RUN_DEFERRED,
          EventType.SIGNAL_RECEIVED,
          EventType.STATE_PUBLISHED,
          EventType.ATTRIBUTES_SET,
          EventType.CHANGE_MARKED,
          EventType.HOOK_CARRIED,
          EventType.CHILD_CREATED,
          EventType.CHILD_CONFLICT,
          EventType.CHILD_COMPLETED,
          EventType.CHILD_FAILED,
          EventType.CHILD_CANCELLED,
          EventType.CHILD_CANCEL_REQUESTED,
          EventType.CHILD_CARRIED,
          EventType.SIGNAL_SENT,
          EventType.PERMIT_REQUESTED,
          EventType.PERMIT_GRANTED,
          EventType.PERMIT_RELEASED,
          EventType.PERMIT_REVOKED,
          EventType.UPDATE_REQUESTED,
          EventType.UPDATE_ACCEPTED,
          EventType.UPDATE_REJECTED,
          EventType.UPDATE_COMPLETED,
          EventType.UPDATE_FAILED);

  private Protocol() {}

  /**
   * The protocol that a log needs because of an event of that type: a runtime of an older one is
   * not shown the run any more. 1 when every runtime knows it.
   */
  public static int versionOf(EventType type) {
    return OF_SEVEN.contains(type) ? 7 : 1;
  }

  /**
   * Returns normally for a run that this world understands.
   *
   * @throws WorldException {@code RUN_NOT_SUPPORTED} when it was written with a newer protocol
   */
  public static void requireSupported(String run, int specVersion) {
    if (specVersion > SPEC_VERSION) {
      throw new WorldException(
          ErrorCode.RUN_NOT_SUPPORTED,
          "run "
              + run
              + " was written with protocol "
              + specVersion
              + ", this world speaks "
              + SPEC_VERSION
              + "; use a newer version of World");
    }
  }
}
