package dev.fantasticfour.world.core.engine.time;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * How many may do something at once. Whoever finds no permit waits in line, and a permit that is
 * given back goes to whoever has waited longest. Safe for any number of threads.
 */
public final class Permits {

  private final Machine machine;
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<Ticket> line = new ArrayDeque<>();
  private int free;

  /**
   * @param most at once
   */
  public Permits(Machine machine, int most) {
    this.machine = machine;
    this.free = most;
  }

  /** Somebody's place in the line. */
  private static final class Ticket {

    private final Bell called;
    private volatile boolean granted;

    private Ticket(Bell called) {
      this.called = called;
    }
  }

  /** Takes a permit, waiting for as long as it takes. */
  public void take() throws InterruptedException {
    Ticket ticket = enter();
    if (ticket == null) {
      return;
    }
    boolean isMine = false;
    try {
      ticket.called.await(() -> ticket.granted);
      isMine = true;
    } finally {
      if (!isMine) {
        leave(ticket);
      }
    }
  }

  /** Takes a permit. Returns whether one came in time. */
  public boolean take(Duration patience) throws InterruptedException {
    Ticket ticket = enter();
    if (ticket == null) {
      return true;
    }
    boolean isMine = false;
    try {
      isMine = ticket.called.await(() -> ticket.granted, patience);
    } finally {
      if (!isMine) {
        leave(ticket);
      }
    }
    return isMine;
  }

  /** Gives a permit back that was taken. */
  public void giveBack() {
    Ticket next;
    lock.lock();
    try {
      next = line.poll();
      if (next == null) {
        free++;
        return;
      }
      next.granted = true;
    } finally {
      lock.unlock();
    }
    next.called.ring();
  }

  /** How many wait in line. */
  int waiting() {
    lock.lock();
    try {
      return line.size();
    } finally {
      lock.unlock();
    }
  }

  /** Returns null when there was a permit, and the caller has it. */
  private @Nullable Ticket enter() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    lock.lock();
    try {
      if (free > 0) {
        free--;
        return null;
      }
      Ticket ticket = new Ticket(machine.bell());
      line.add(ticket);
      return ticket;
    } finally {
      lock.unlock();
    }
  }

  /** Waits no more; a permit that came at the last moment goes to the next. */
  private void leave(Ticket ticket) {
    boolean isGranted;
    lock.lock();
    try {
      isGranted = !line.remove(ticket);
    } finally {
      lock.unlock();
    }
    if (isGranted) {
      giveBack();
    }
  }
}
