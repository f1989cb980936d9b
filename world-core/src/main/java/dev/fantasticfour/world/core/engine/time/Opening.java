package dev.fantasticfour.world.core.engine.time;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens the parts of something at the same time: one by the caller, the others on threads of their
 * own. Which of several failures is told never depends on which came first; and whoever has waited
 * knows that nothing is opened any more.
 *
 * <p><b>Concurrency.</b> One thread begins and waits.
 */
public final class Opening {

  private static final String THREAD = "open";

  private final Machine machine;
  private final Bell opened;
  private final List<Part<?>> parts = new ArrayList<>();

  /**
   * @param machine whose threads open
   */
  public Opening(Machine machine) {
    this.machine = machine;
    this.opened = machine.bell();
  }

  /** Begins with a part. Where the machine starts no thread for it, it is open or failed then. */
  public <T> Part<T> begin(Supplier<T> open) {
    Part<T> part = new Part<>(open);
    parts.add(part);
    try {
      machine.startNow(THREAD, part::run);
    } catch (OutOfMemoryError e) {
      part.run();
    }
    return part;
  }

  /**
   * Opens one part more on the calling thread, best the one that takes longest, and waits for all,
   * interrupted or not.
   *
   * @return that part
   * @throws RuntimeException what that part threw or else the first that failed, in the order of
   *     their beginnings; an {@code Error} likewise. Those that are open stay so
   */
  public <T> T await(Supplier<T> last) {
    Part<T> own = new Part<>(last);
    own.run();
    awaitOthers();
    own.rethrow();
    parts.forEach(Part::rethrow);
    return own.get();
  }

  private void awaitOthers() {
    boolean interrupted = false;
    boolean over = false;
    while (!over) {
      try {
        opened.await(() -> parts.stream().allMatch(part -> part.over));
        over = true;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** A part that is being opened. */
  public final class Part<T> {

    private final Supplier<T> open;
    private volatile boolean over;
    private @Nullable T value;
    private @Nullable RuntimeException exception;
    private @Nullable Error error;

    private Part(Supplier<T> open) {
      this.open = open;
    }

    private void run() {
      try {
        value = open.get();
      } catch (ThreadEnd e) {
        throw e;
      } catch (RuntimeException e) {
        exception = e;
      } catch (Error e) {
        error = e;
      } finally {
        over = true;
        opened.ring();
      }
    }

    private void rethrow() {
      if (exception != null) {
        throw exception;
      }
      if (error != null) {
        throw error;
      }
    }

    /** What was opened, for whoever has waited. */
    public T get() {
      return Objects.requireNonNull(value);
    }
  }
}
