package dev.fantasticfour.world.core.operate;

import java.util.EnumSet;
import java.util.Set;

/** What somebody may do with a world. None of them is in another: roles are sets of them. */
public enum Permission {
  /** See what there is and how it is, without anything that was said. */
  READ,
  /** See also what was said: inputs, results, errors, tokens, messages. */
  PAYLOADS,
  /** Act upon runs, builds and workers, and see who did. */
  OPERATE,
  /** What cannot be taken back, or holds for all: retention, erasing, importing, dropping. */
  ADMIN;

  /** All of them. */
  public static final Set<Permission> ALL = Set.copyOf(EnumSet.allOf(Permission.class));
}
