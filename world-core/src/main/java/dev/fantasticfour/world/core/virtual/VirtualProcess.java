package dev.fantasticfour.world.core.virtual;

import dev.fantasticfour.world.core.engine.coroutine.Strand;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * What threads of a {@link Timeline} belong to, and share their fate with. Whether it is dead
 * anybody may ask; the rest is the timeline's, under its lock.
 */
public final class VirtualProcess {

  /** How long the threads of coroutines are waited for that do not come to rest. */
  private static final long PATIENCE = 10_000_000_000L;

  final Set<Fiber> fibers = new LinkedHashSet<>();
  long pausedUntil;
  private final List<Thread> branches = new ArrayList<>();
  private volatile boolean dead;

  /** A process without threads. */
  public VirtualProcess() {}

  /** Whether it was killed. */
  public boolean isDead() {
    return dead;
  }

  void die() {
    dead = true;
    pausedUntil = 0;
  }

  /** How many threads of coroutines there are. */
  public long branches() {
    synchronized (branches) {
      return branches.stream().filter(Thread::isAlive).count();
    }
  }

  void add(Thread branch) {
    synchronized (branches) {
      branches.add(branch);
    }
  }

  /** Whether a coroutine computes something just now. */
  boolean computes() {
    synchronized (branches) {
      forget();
      return branches.stream().anyMatch(branch -> !rests(branch));
    }
  }

  /** Waits until the threads of coroutines that were detached have unwound, which takes no time. */
  void awaitRest() {
    List<Thread> all;
    synchronized (branches) {
      forget();
      all = List.copyOf(branches);
    }
    long until = System.nanoTime() + PATIENCE;
    for (Thread branch : all) {
      while (!rests(branch) && System.nanoTime() < until) {
        LockSupport.parkNanos(this, 1_000);
      }
    }
  }

  /** Threads of coroutines that are neither parked by their run nor over. */
  List<Thread> elsewhere() {
    synchronized (branches) {
      forget();
      return branches.stream().filter(branch -> !isParked(branch)).toList();
    }
  }

  private static boolean isParked(Thread branch) {
    return branch.getState() == Thread.State.NEW
        || Arrays.stream(branch.getStackTrace())
            .anyMatch(
                frame ->
                    frame.getClassName().equals(Strand.Coroutine.class.getName())
                        && frame.getMethodName().equals("park"));
  }

  private void forget() {
    for (int i = branches.size() - 1; i >= 0; i--) {
      if (branches.get(i).getState() == Thread.State.TERMINATED) {
        branches.set(i, branches.getLast());
        branches.removeLast();
      }
    }
  }

  /** Whether a thread has nothing to do until somebody else does something. */
  static boolean rests(Thread thread) {
    return switch (thread.getState()) {
      case NEW, TERMINATED, WAITING, TIMED_WAITING, BLOCKED -> true;
      case RUNNABLE -> false;
    };
  }
}
