package dev.fantasticfour.world.bench.row;

import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.bench.report.Objective;
import dev.fantasticfour.world.bench.subject.AskedRun;
import dev.fantasticfour.world.bench.subject.Dbos;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is said to a run that waits, by World and by DBOS.
 *
 * @param row the letter of the row that measures it
 * @param what it is called in the result
 * @param sameNode what it should come to when the node says it that has the run, or null
 * @param otherNode likewise by another node
 * @param peer what DBOS does instead
 */
record Conversation(
    String row,
    String what,
    Talk<Sides> world,
    @Nullable Objective sameNode,
    @Nullable Objective otherNode,
    String peer,
    Talk<Dbos> dbos) {

  private static final double AIM_SAME_NODE = 5;
  private static final double AIM_OTHER_NODE = 10;

  /** The longest that anything in it is waited for. */
  static final Duration PATIENCE = Duration.ofMinutes(1);

  /** Long enough for a workflow of DBOS to be at its receive, which nothing else tells. */
  private static final Duration SETTLING = Duration.ofMillis(10);

  /** Who takes part. */
  record Sides(WorldClient owner, WorldClient speaker) {}

  /**
   * Has a run wait, speaks to it once, and tells after how many nanoseconds that had its effect.
   */
  @FunctionalInterface
  interface Talk<S> {
    long nanos(S sides) throws Exception;
  }

  /** One that is over when the code of the run goes on: hooks and signals have the same aims. */
  static Conversation untilItGoesOn(String row, String what, Talk<Sides> world) {
    return new Conversation(
        row,
        what,
        world,
        Objective.atMost(AIM_SAME_NODE).asAim(),
        Objective.atMost(AIM_OTHER_NODE).asAim(),
        "DBOS send/recv",
        Conversation::message);
  }

  /** A message to a workflow of DBOS, until its code goes on. */
  private static long message(Dbos dbos) throws Exception {
    Dbos.WaitingRun waiting = dbos.startResumed();
    Thread.sleep(SETTLING);
    long began = System.nanoTime();
    waiting.resume();
    return waiting.goesOnAt() - began;
  }

  /** A message to a workflow of DBOS, until its sender has the answer. */
  static long question(Dbos dbos) throws Exception {
    AskedRun asked = dbos.startAsked();
    Thread.sleep(SETTLING);
    long began = System.nanoTime();
    asked.ask();
    long nanos = System.nanoTime() - began;
    asked.end();
    return nanos;
  }
}
