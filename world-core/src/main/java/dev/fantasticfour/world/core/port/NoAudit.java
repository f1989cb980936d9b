package dev.fantasticfour.world.core.port;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import org.jspecify.annotations.Nullable;

/**
 * The audit of a storage that writes none, for adapters that decline {@link Capability#AUDIT}: all
 * of it is refused with {@code NOT_SUPPORTED}.
 */
public interface NoAudit extends Audit {

  @Override
  default boolean audit(Deed deed, Outcome outcome, @Nullable String detail) {
    throw declined();
  }

  @Override
  default Page<Entry> audits(Which which, PageRequest page) {
    throw declined();
  }

  private static WorldException declined() {
    return new WorldException(
        ErrorCode.NOT_SUPPORTED, "this storage writes down nobody's deeds: it declines AUDIT");
  }
}
