package dev.fantasticfour.world.spring;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.port.Capability;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStorage;
import java.util.Set;
import java.util.function.Supplier;

/** A storage that is opened when it answers, and refuses every call until then. */
final class LateStorage extends ForwardingStorage {

  private final OpenLater later;

  private LateStorage(OpenLater later) {
    super(later);
    this.later = later;
  }

  /** Opens a storage, or hands out one that is opened later when it does not answer now. */
  static Storage open(Supplier<? extends Storage> opener) {
    try {
      return opener.get();
    } catch (WorldException e) {
      if (e.code() != ErrorCode.UNAVAILABLE) {
        throw e;
      }
      return new LateStorage(new OpenLater(opener, e, System::nanoTime));
    }
  }

  /** Before it is open nobody knows: like most, it declines nothing. */
  @Override
  public Set<Capability> declined() {
    Storage open = later.ifOpen();
    return open == null ? Set.of() : open.declined();
  }

  @Override
  public void close() {
    later.close();
  }
}
