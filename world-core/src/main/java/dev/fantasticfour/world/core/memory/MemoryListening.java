package dev.fantasticfour.world.core.memory;

import dev.fantasticfour.world.core.engine.time.Bell;
import dev.fantasticfour.world.core.engine.time.ThreadEnd;
import dev.fantasticfour.world.core.port.Announcements.Listening;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One listener of a channel and the thread it is called on, so that it holds up nobody else. */
final class MemoryListening implements Listening, Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(MemoryListening.class);

  private final Bell arrived;
  private final Consumer<String> listener;
  private final Runnable gap;
  private final Consumer<MemoryListening> ended;
  private final Queue<List<String>> inbox = new ConcurrentLinkedQueue<>();
  private volatile boolean open = true;

  /**
   * @param arrived where its thread waits for messages
   * @param ended called when it listens no longer
   */
  MemoryListening(
      Bell arrived, Consumer<String> listener, Runnable gap, Consumer<MemoryListening> ended) {
    this.arrived = arrived;
    this.listener = listener;
    this.gap = gap;
    this.ended = ended;
  }

  void tell(List<String> messages) {
    inbox.add(List.copyOf(messages));
    arrived.ring();
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
        arrived.await(() -> !open || !inbox.isEmpty());
        List<String> messages = inbox.poll();
        if (messages != null) {
          tellAll(messages);
        }
      }
    } catch (InterruptedException e) {
      close();
    }
  }

  private void tellAll(List<String> messages) {
    for (String message : messages) {
      if (open) {
        call(() -> listener.accept(message));
      }
    }
  }

  /** What a listener throws is its own affair, and ends no listening. */
  private static void call(Runnable listener) {
    try {
      listener.run();
    } catch (ThreadEnd e) {
      throw e;
    } catch (RuntimeException | Error e) {
      LOG.error("a listener failed", e);
    }
  }

  @Override
  public void close() {
    open = false;
    ended.accept(this);
    arrived.ring();
  }
}
