package dev.fantasticfour.world.core.engine.history;

import java.util.Locale;

/** What a workflow can ask for that has an identity of its own. */
public enum EntityKind {
  STEP,
  HOOK,
  WAIT,
  CHILD,
  SEND,
  PERMIT;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** The lower-case name; ids of the kind start with it and an underscore. */
  public String word() {
    return word;
  }
}
