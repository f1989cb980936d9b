package dev.fantasticfour.world.bench.subject;

/** The workflows of DBOS that are measured; DBOS calls them through a proxy of this interface. */
public interface DbosFlows {

  /** Runs that many steps one after the other; comes to the sum of their numbers. */
  int steps(int count);

  /** Has a step that results in what it was given; comes to its length. */
  int echo(String text);

  /** Starts that many child workflows of one step and awaits them; comes to how many there were. */
  int fanOut(int count);

  /** The same with children that go through the queue. */
  int fanOutQueued(int count);

  /** Waits for a message, and comes to the time at which it goes on. */
  long resumed(String topic);

  /** Waits for a message, shows one more than it says as an event, and comes to that. */
  long asked(String topic);
}
