package dev.fantasticfour.world.spring;

import org.jspecify.annotations.Nullable;

/** A context is set up in a way that no world can be made of. */
public final class WorldSetupException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String problem;
  private final String advice;

  /**
   * @param problem what is wrong, as sentences, with no secret in them
   * @param advice what to do about it, as sentences
   */
  public WorldSetupException(String problem, String advice) {
    this(problem, advice, null);
  }

  /**
   * @param problem what is wrong, as sentences, with no secret in them
   * @param advice what to do about it, as sentences
   */
  public WorldSetupException(String problem, String advice, @Nullable Throwable cause) {
    super(problem + " " + advice, cause);
    this.problem = problem;
    this.advice = advice;
  }

  /** What is wrong. */
  public String problem() {
    return problem;
  }

  /** What to do about it. */
  public String advice() {
    return advice;
  }
}
