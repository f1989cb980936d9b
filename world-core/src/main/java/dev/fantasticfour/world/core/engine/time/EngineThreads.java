package dev.fantasticfour.world.core.engine.time;

/** Makes the threads of the engine, named and as daemons: none of them keeps a process alive. */
public final class EngineThreads {

  private EngineThreads() {}

  /** A platform thread, not started, for work that must not wait behind virtual threads. */
  public static Thread platform(String name, Runnable body) {
    return Thread.ofPlatform().name(name).daemon().unstarted(body);
  }

  /** A virtual thread, not started, for work that mostly waits. */
  public static Thread virtual(String name, Runnable body) {
    return Thread.ofVirtual().name(name).unstarted(body);
  }
}
