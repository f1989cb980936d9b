package dev.fantasticfour.world.api.run;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;

/**
 * Whose child a run is. It is so from its creation on, and stays so: a run has one parent or none.
 * What goes on in place of a child, or of its parent, keeps what is said here.
 *
 * @param run the run that started it
 * @param child the id of the child in the log of that run
 * @param closePolicy what becomes of the child when its parent ends before it
 * @param root the run at the top of the tree; that of a parent without a parent is the parent, or
 *     the first run of the chain in which that goes on
 * @param depth how far below that it is, from 1 to {@link #MAX_DEPTH}
 */
public record Parent(String run, String child, ClosePolicy closePolicy, String root, int depth) {

  /** The deepest that a child can be below the top of its tree. */
  public static final int MAX_DEPTH = 32;

  public Parent {
    Ids.requireSafe("parent run", run);
    Ids.requireSafe("child id", child);
    Ids.requireSafe("root run", root);
    if (depth < 1 || depth > MAX_DEPTH) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT,
          "a child is 1 to " + MAX_DEPTH + " deep below the top of its tree, is " + depth);
    }
  }
}
