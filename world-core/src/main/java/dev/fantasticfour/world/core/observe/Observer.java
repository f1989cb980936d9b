package dev.fantasticfour.world.core.observe;

/**
 * Sees what a world does: measures it, traces it, or writes it down. Found by {@link
 * java.util.ServiceLoader} where {@code World.create} assembles the world, or given to the Guice
 * module; several are folded into one, each called in the order of giving.
 *
 * <p><b>What it may do.</b> It is called in the middle of the work, so it must be quick and must
 * not wait for anything: no lock that is held for long, no server, no file. It can change nothing.
 * One that throws is said so once in the log and never called again; the run does not notice.
 *
 * <p><b>Concurrency.</b> Any number of threads at once.
 */
public interface Observer {

  /** Sees nothing. A world that has this one has nothing before its ports and its bodies. */
  Observer NONE = new NoObserver();

  /**
   * Something begins that takes time.
   *
   * @return told of its end, on the same thread; scopes of a thread end in reverse order, except
   *     those of operations that say otherwise
   */
  Scope around(Operation operation);

  /** Something has happened. */
  void on(Occurrence occurrence);

  /**
   * Whether it is to be told how everything in the store stands ({@link Occurrence.StoreCounted}),
   * which has the store asked from time to time. Asked once.
   */
  default boolean wantsStoreCounts() {
    return false;
  }
}
