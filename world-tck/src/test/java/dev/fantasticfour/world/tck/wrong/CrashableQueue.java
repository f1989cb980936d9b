package dev.fantasticfour.world.tck.wrong;

import dev.fantasticfour.world.core.memory.MemoryQueue;
import dev.fantasticfour.world.core.port.forwarding.ForwardingQueue;

/** Does what a queue in memory does, and dies as that does. */
class CrashableQueue extends ForwardingQueue {

  private final MemoryQueue inner;

  CrashableQueue(MemoryQueue inner) {
    super(inner);
    this.inner = inner;
  }

  /** Ends it as the death of its process would. */
  final void crash() {
    inner.crash();
  }
}
