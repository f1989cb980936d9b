package dev.fantasticfour.world.core.engine.time;

import java.time.InstantSource;
import java.util.concurrent.ThreadFactory;

/** The clock and the threads of the machine, for those who are not given others. */
public final class SystemTime {

  private SystemTime() {}

  /** The machine's clock. */
  public static InstantSource clock() {
    return InstantSource.system();
  }

  /** Makes virtual threads named with that and a number. */
  public static ThreadFactory virtualThreads(String name) {
    return Thread.ofVirtual().name(name + "-", 0).factory();
  }
}
