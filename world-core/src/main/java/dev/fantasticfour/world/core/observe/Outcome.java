package dev.fantasticfour.world.core.observe;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an operation ended.
 *
 * @param result a word out of a small set; which, the operation says
 * @param took how long it took, by the monotonic clock of the machine that the world lives on
 * @param failure what it threw, if it did; what is thrown further is thrown further all the same
 */
public record Outcome(String result, Duration took, @Nullable Throwable failure) {

  /** Of what came to its end. */
  public static final String DONE = "done";

  /** Of what threw. */
  public static final String FAILED = "failed";
}
