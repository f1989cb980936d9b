package dev.fantasticfour.world.core.engine.step;

/** Holds bodies back while their node is not sure to own anything. */
@FunctionalInterface
public interface StartGate {

  /** Waits until bodies may start. Returns whether they ever may again. */
  boolean awaitOpen() throws InterruptedException;
}
