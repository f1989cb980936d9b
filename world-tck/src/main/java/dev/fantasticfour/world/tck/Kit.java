package dev.fantasticfour.world.tck;

/**
 * What all parts of the kit have in common: something that says how an adapter is opened.
 *
 * @param <P> the port that the adapter implements
 */
public interface Kit<P extends AutoCloseable> {

  /**
   * How to open the adapter. Asked once per test class, and once more by a test that needs another
   * store.
   */
  Harness<P> harness();
}
