package dev.fantasticfour.world.tck.spec;

/** How binding a rule is; the specification explains the words. */
public enum Level {
  /** Proven by at least one test; without it an adapter is wrong. */
  MUST(true),
  /** Proven likewise; an adapter may have a reason not to keep it. */
  SHOULD(true),
  /** A MUST that only shows in races: proven by many rounds. */
  STOCHASTIC(true),
  /** A freedom of adapters. */
  MAY(false),
  /** Kept by a test of this build that is no test of an adapter. */
  BUILD(false),
  /** Decided against, with a reason. */
  DROPPED(false);

  private final boolean tested;

  Level(boolean tested) {
    this.tested = tested;
  }

  /** Whether tests of the kit stand for rules of this level. */
  public boolean isTested() {
    return tested;
  }
}
