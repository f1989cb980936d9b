package dev.fantasticfour.world.api.run;

/** What became of a request to cancel a run. */
public enum Cancellation {

  /**
   * It is recorded, and the code of the run is told at its next turn: at once while its worker
   * lives, and when another one has taken it over otherwise, which takes up to 15 seconds.
   */
  REQUESTED(true),

  /** No worker had ever begun the run: it is cancelled now. */
  DONE(true),

  /**
   * It is recorded, but the run stands, so that its code may not be told of it: it is tried again
   * at once, and hears of it when it goes on. Deploy what lets it go on, or terminate it.
   */
  STANDING(false),

  /**
   * It was asked for before; code is told once, and may take its time to clean up, or not end at
   * all. Nothing was recorded. Terminate the run if it is not to go on.
   */
  REPEATED(false),

  /** The run has ended already. Nothing was recorded. */
  ENDED(false);

  private final boolean takesEffect;

  Cancellation(boolean takesEffect) {
    this.takesEffect = takesEffect;
  }

  /** Whether this request is, or will be, what cancels the run. */
  public boolean takesEffect() {
    return takesEffect;
  }
}
