package dev.fantasticfour.world.example.subscription;

/** What can be subscribed to. */
public enum Plan {
  /** For one. */
  SOLO(9_00),
  /** For all under one roof. */
  FAMILY(15_00);

  private final long cents;

  Plan(long cents) {
    this.cents = cents;
  }

  /** What a period of it costs, in whole cents: money is never a floating point number. */
  public long cents() {
    return cents;
  }
}
