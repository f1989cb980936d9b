package dev.fantasticfour.world.embedded;

/**
 * Power over the process of a shared server, for tests of faults. Whoever stops or pauses it starts
 * or resumes it again: the other tests of this JVM use it too.
 */
public interface ServerControl {

  /** Ends the server as a crash would; returns when it is gone. */
  void stop();

  /** Starts the stopped server on the same port; returns when it answers. */
  void start();

  /** Stops the server's processes where they are; connections stay open and get no answer. */
  void pause();

  /** Lets the paused server go on. */
  void resume();
}
