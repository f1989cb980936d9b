package dev.fantasticfour.world.test.rules;

import org.jspecify.annotations.Nullable;

/**
 * Something that the code of a workflow does and a replay may do otherwise.
 *
 * @param type name of the class
 * @param method name of the method; of a lambda, that of the method around it
 * @param file the source
 * @param line in the source, 0 when the class file does not say
 * @param caller the code of a workflow that calls the method, null when the method is such by
 *     itself
 * @param what is done, and what is wrong with it
 * @param cure what to do instead
 */
public record Finding(
    String type,
    String method,
    String file,
    int line,
    @Nullable String caller,
    String what,
    String cure) {

  /** All of it in one line. */
  @Override
  public String toString() {
    String by = caller == null ? "" : ", called by " + caller;
    return type + "." + method + " (" + file + ":" + line + ")" + by + ": " + what + "; " + cure;
  }
}
