package dev.fantasticfour.world.core.virtual;

import java.util.function.BooleanSupplier;

/**
 * Whether a thread beside those of a timeline, of the same kind, goes on when it might: if it does
 * not, they cannot either. Asked by one thread.
 */
final class Opportunity implements BooleanSupplier {

  private volatile boolean came = true;

  @Override
  public boolean getAsBoolean() {
    boolean has = came;
    if (has) {
      came = false;
      Thread unused = Thread.ofVirtual().start(() -> came = true);
    }
    return has;
  }
}
