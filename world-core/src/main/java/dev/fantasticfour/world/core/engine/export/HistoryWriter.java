package dev.fantasticfour.world.core.engine.export;

import dev.fantasticfour.world.api.event.Event;
import java.io.IOException;
import java.util.List;

/**
 * Writes histories down: the header with the number of the format, a line for each event, and the
 * trailer with their number and the SHA-256 of all lines before it.
 */
public final class HistoryWriter {

  private HistoryWriter() {}

  /**
   * Writes one history, or those of a chain, in this order. Lines end with a line feed.
   *
   * @param out is neither flushed nor closed
   * @throws IOException when it does not take what is written
   */
  public static void write(List<RunHistory> histories, Appendable out) throws IOException {
    List<String> runs = histories.stream().map(history -> history.header().run().value()).toList();
    for (RunHistory history : histories) {
      write(history, runs, out);
    }
  }

  /**
   * Writes one of several histories, so that not all of them need be at hand at once.
   *
   * @param runs of all that will stand in the file, in this order
   * @param out is neither flushed nor closed
   * @throws IOException when it does not take what is written
   */
  public static void write(RunHistory history, List<String> runs, Appendable out)
      throws IOException {
    HistoryHeader header = history.header().among(runs);
    List<Event> events = history.events();
    Digest digest = new Digest();
    line(header(header), digest, out);
    for (Event event : events) {
      line(EventLines.write(event), digest, out);
    }
    String trailer =
        new LineWriter().put("events", (long) events.size()).put("sha256", digest.take()).line();
    out.append(trailer).append('\n');
  }

  private static void line(String line, Digest digest, Appendable out) throws IOException {
    digest.add(line);
    out.append(line).append('\n');
  }

  private static String header(HistoryHeader header) {
    return new LineWriter()
        .put("format", (long) HistoryHeader.FORMAT)
        .put("run", header.run().value())
        .put("workflow", header.workflow())
        .put("status", header.status().word())
        .put("task_queue", header.taskQueue())
        .put("deployment", header.deploymentId())
        .put("created_at", header.createdAt())
        .put("protocol", (long) header.protocol())
        .put("chain", header.chain())
        .put("link", header.link())
        .put("runs", header.runs())
        .put("redacted", header.isRedacted() ? Boolean.TRUE : null)
        .line();
  }
}
