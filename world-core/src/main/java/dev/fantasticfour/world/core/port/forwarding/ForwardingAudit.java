package dev.fantasticfour.world.core.port.forwarding;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.core.port.Audit;
import org.jspecify.annotations.Nullable;

/**
 * The audit of a storage that leaves it to a part of it, or to another storage.
 *
 * <p><b>Concurrency and failure.</b> Those of whoever it is left to.
 */
public interface ForwardingAudit extends Audit {

  /** Who writes it. */
  Audit auditor();

  @Override
  default boolean audit(Deed deed, Outcome outcome, @Nullable String detail) {
    return auditor().audit(deed, outcome, detail);
  }

  @Override
  default Page<Entry> audits(Which which, PageRequest page) {
    return auditor().audits(which, page);
  }
}
