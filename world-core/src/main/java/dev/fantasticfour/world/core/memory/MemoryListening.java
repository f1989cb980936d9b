package dev.fantasticfour.world.core.memory;

import dev.fantasticfour.world.core.port.Announcements.Listening;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One listener of a channel and the thread it is called on, so that it holds up nobody else. */
final class MemoryListening implements Listening, Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(MemoryListening.class);

  private final Consumer<String> listener;
  private final Runnable gap;
  private final Consumer<MemoryListening> ended;
  private final BlockingQueue<List<String>> inbox = new LinkedBlockingQueue<>();
  private volatile boolean open = true;

  /**
   * @param ended called when it listens no longer
   */
  MemoryListening(Consumer<String> listener, Runnable gap, Consumer<MemoryListening> ended) {
    this.listener = listener;
    this.gap = gap;
    this.ended = ended;
  }

  void tell(List<String> messages) {
    inbox.add(List.copyOf(messages));
  }

  @Override
  public boolean isInterrupted() {
    return false;
  }

  @Override
  public void run() {
    call(gap);
    try {
      while (open) {
        for (String message : inbox.take()) {
          if (open) {
            call(() -> listener.accept(message));
          }
        }
      }
    } catch (InterruptedException e) {
      close();
    }
  }

  /** What a listener throws is its own affair, and ends no listening. */
  private static void call(Runnable listener) {
    try {
      listener.run();
    } catch (RuntimeException | Error e) {
      LOG.error("a listener failed", e);
    }
  }

  @Override
  public void close() {
    open = false;
    ended.accept(this);
    // Wakes the thread, so that it ends.
    inbox.add(List.of());
  }
}
