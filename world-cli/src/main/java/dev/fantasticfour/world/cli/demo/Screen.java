package dev.fantasticfour.world.cli.demo;

import dev.fantasticfour.world.cli.session.Session;
import java.io.PrintWriter;
import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * What the demo shows while it goes on: events line by line, and below them, on a terminal, one bar
 * that moves.
 */
final class Screen implements AutoCloseable {

  private static final String CLEARED = "\r\u001b[K";

  private final PrintWriter to;
  private final int columns;
  private final long began = System.nanoTime();
  private @Nullable ProgressBar bar;
  private String drawn = "";

  /**
   * @param json whether standard output belongs to the result alone
   */
  Screen(Session session, boolean json) {
    this.to = json ? session.err() : session.out();
    this.columns = json ? 0 : session.columns().orElse(0);
  }

  /** How long the demo has been going on. */
  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  /** Tells of something that happened. */
  synchronized void event(String text) {
    line("[%5.1f s] %s".formatted(elapsed().toMillis() / 1000.0, text));
  }

  /** A line, or several, as they are. */
  synchronized void line(String text) {
    to.println(drawn.isEmpty() ? text : CLEARED + text);
    to.print(drawn);
    to.flush();
  }

  /** Shows a bar from now on, where there is a terminal. */
  synchronized void begin(String what, long most) {
    if (columns > 0) {
      bar =
          ProgressBar.builder()
              .setTaskName(what)
              .setInitialMax(most)
              .setStyle(ProgressBarStyle.UNICODE_BLOCK)
              .setUpdateIntervalMillis(100)
              .hideEta()
              .setConsumer(new Line())
              .build();
    }
  }

  /** Moves the bar. */
  synchronized void at(long done, String note) {
    if (bar != null) {
      bar.stepTo(done);
      bar.setExtraMessage(" " + note);
    }
  }

  /** Takes the bar away. */
  @Override
  public void close() {
    ProgressBar ending;
    synchronized (this) {
      ending = bar;
      bar = null;
    }
    if (ending != null) {
      // Not under the lock: it waits for its own thread, which may be about to draw.
      ending.close();
      synchronized (this) {
        to.print(CLEARED);
        to.flush();
        drawn = "";
      }
    }
  }

  private synchronized void draw(String text) {
    drawn = "\r" + text.stripTrailing();
    to.print(CLEARED + drawn);
    to.flush();
  }

  /** The library renders, the screen decides where. */
  private final class Line implements ProgressBarConsumer {

    @Override
    public int getMaxRenderedLength() {
      return columns - 1;
    }

    @Override
    public void accept(String rendered) {
      draw(rendered);
    }

    @Override
    public void close() {
      // The screen takes the line away.
    }
  }
}
