package dev.fantasticfour.world.api.error;

import org.jspecify.annotations.Nullable;

/**
 * Thrown once at the context call where a branch waits, when its run was asked to cancel or its
 * scope gave it up. Calls made after it work normally, so that {@code catch} and {@code finally}
 * can clean up with steps. Let it out and the run ends {@code cancelled}; return and it ends {@code
 * completed}.
 */
public class CancelledException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final @Nullable String reason;

  public CancelledException(@Nullable String reason) {
    super(reason == null ? "cancelled" : "cancelled: " + reason);
    this.reason = reason;
  }

  /** The reason that was given, or null. */
  public final @Nullable String reason() {
    return reason;
  }
}
