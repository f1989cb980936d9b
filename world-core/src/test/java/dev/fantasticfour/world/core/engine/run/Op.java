package dev.fantasticfour.world.core.engine.run;

import java.util.List;

/** One thing a made-up workflow does; see {@link Interpreter} for what each means. */
sealed interface Op {

  /** A step, whose result a scripted body or an attempt holder makes up. */
  record Step(String name, boolean queued) implements Op {}

  /** A durable sleep. */
  record Sleep(long millis) implements Op {}

  /**
   * Opens a hook and does something with it.
   *
   * @param token what it asks for; empty for a secret one
   * @param closes whether it is closed at the end of the block, or only with the run
   */
  record WithHook(String token, boolean closes, List<Op> body) implements Op {}

  /** Awaits a payload of the innermost hook of the branch. */
  record Await() implements Op {}

  /** Awaits a payload for some time, again and again, until one comes or the rounds are over. */
  record AwaitFor(long millis, int rounds) implements Op {}

  /** Looks for a payload without waiting. */
  record Poll() implements Op {}

  /** Awaits a signal of a name, or (time above zero) does so for some time. */
  record Signal(String name, long millis) implements Op {}

  /** Looks for a signal of a name without waiting, and how many there are. */
  record PollSignal(String name) implements Op {}

  /** Sends the run itself a signal of a name. */
  record Send(String name) implements Op {}

  /** Shows what it came to so far. */
  record Publish(String name) implements Op {}

  /** Asks whether the run comes to a change as something new. */
  record Changed(String id) implements Op {}

  /** Sets an attribute to what it came to so far, or removes it. */
  record SetAttribute(String name, boolean removes) implements Op {}

  /** Closes the innermost hook of the branch early. */
  record CloseHook() implements Op {}

  /** Branches of which all results, or the first, are wanted. */
  record Together(boolean all, List<List<Op>> branches) implements Op {}

  /**
   * A scope: forks all, does something itself, then acts on the branches.
   *
   * @param millis its time limit; 0 = none
   */
  record Scoped(List<List<Op>> branches, List<Op> between, List<Act> acts, long millis)
      implements Op {}

  /** A branch for each item, so many at once; of all, the results or the outcomes are wanted. */
  record Mapped(List<List<Op>> items, int atOnce, boolean outcomes) implements Op {}

  /** Behind the shield. */
  record Shielded(List<Op> body) implements Op {}

  /** A saga, which is committed in the end or not. */
  record Undoable(List<Part> parts, boolean commits) implements Op {}

  /**
   * Something that a saga does.
   *
   * @param step what it asks for; empty when it only registers what is done when it is undone
   * @param then what follows on it, within the block of the saga
   */
  record Part(String step, List<Op> compensation, List<Op> then) {}

  /** Something done to a branch of a scope. {@code lenient}: what it throws is only noted. */
  record Act(Kind kind, int branch, boolean lenient) {

    enum Kind {
      JOIN,
      CANCEL,
      LOOK,
      JOIN_ALL
    }
  }

  /** Cleans up whatever happens. */
  record TryFinally(List<Op> body, List<Op> cleanup) implements Op {}

  /** Goes on after any exception, a cancellation too. */
  record Catching(List<Op> body, List<Op> handler) implements Op {}

  /** Reads the clock, a random number or a UUID. */
  record Read(Source source) implements Op {

    enum Source {
      NOW,
      RANDOM,
      UUID
    }
  }

  /** Goes one way or the other, depending on all results of the branch so far. */
  record Either(List<Op> odd, List<Op> even) implements Op {}

  /**
   * Takes updates of a name from now on.
   *
   * @param strict whether it refuses some
   * @param handler what it does for each
   */
  record TakeUpdates(String name, boolean strict, List<Op> handler) implements Op {}

  /**
   * Starts a child, does something, and then something with the child.
   *
   * @param key what it asks for; empty for none
   * @param leaves whether it is left alone when whoever waits for it is cancelled
   * @param millis how long its result is waited for, where that is limited
   */
  record WithChild(String key, boolean leaves, List<Op> between, Use use, long millis)
      implements Op {

    enum Use {
      RESULT,
      RESULT_FOR,
      CANCEL,
      CANCEL_AND_RESULT,
      LOOK,
      NOTHING
    }
  }

  /** Calls so many children, so many of them at once. */
  record CallAll(int children, int atOnce, boolean leaves) implements Op {}

  /** Goes on in another run, if it may. */
  record GoOn() implements Op {}

  /** Throws. */
  record Throw() implements Op {}
}
