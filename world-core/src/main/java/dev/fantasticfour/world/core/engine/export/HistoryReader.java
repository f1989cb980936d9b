package dev.fantasticfour.world.core.engine.export;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads histories that were written down, and believes none of it unseen: the format, the order,
 * the number of events and their SHA-256 are checked. For one thread.
 */
public final class HistoryReader {

  private final String name;
  private final BufferedReader in;
  private final Digest digest = new Digest();
  private long number;

  private HistoryReader(String name, Reader in) {
    this.name = name;
    this.in = new BufferedReader(in);
  }

  /**
   * All that it holds, in order: one history, or those of a chain.
   *
   * @param name of the file, for messages
   * @param in is read to its end, and not closed
   * @throws WorldException {@code INVALID_ARGUMENT} naming the line and what is wrong with it
   * @throws IOException when it cannot be read
   */
  public static List<RunHistory> read(String name, Reader in) throws IOException {
    return new HistoryReader(name, in).readAll();
  }

  private List<RunHistory> readAll() throws IOException {
    List<RunHistory> histories = new ArrayList<>();
    for (String line = next(); line != null; line = next()) {
      histories.add(history(line));
    }
    if (histories.isEmpty()) {
      throw refused("cannot read history '" + name + "': it is empty");
    }
    List<String> announced = histories.getFirst().header().runs();
    List<String> found = histories.stream().map(each -> each.header().run().value()).toList();
    if (!announced.equals(found)) {
      throw refused(
          "cannot read history '"
              + name
              + "': it says that it holds the runs "
              + announced
              + ", but holds "
              + found
              + ". Was it cut off? Export it again");
    }
    return histories;
  }

  private RunHistory history(String first) throws IOException {
    try {
      digest.add(first);
      HistoryHeader header = header(Line.read(first));
      List<Event> events = new ArrayList<>();
      for (String text = next(); text != null; text = next()) {
        Line line = Line.read(text);
        if (line.has("sha256")) {
          checkTrailer(line, events.size());
          return new RunHistory(header, events);
        }
        digest.add(text);
        events.add(event(header.run(), line, events.size() + 1));
      }
    } catch (Line.Unreadable e) {
      throw refused("cannot read history '" + name + "': line " + number + " " + e.reason());
    }
    throw refused(
        "cannot read history '"
            + name
            + "': it ends behind line "
            + number
            + " without the line that closes it. Was it cut off? Export it again");
  }

  private static HistoryHeader header(Line line) throws Line.Unreadable {
    if (!line.has("format")) {
      throw new Line.Unreadable(
          "is no header of a history, which begins with the number of its format. Is it a file that"
              + " `world runs export` has written?");
    }
    long format = line.requiredNumber("format");
    if (format != HistoryHeader.FORMAT) {
      throw new Line.Unreadable(
          "has format "
              + format
              + ", this build reads "
              + HistoryHeader.FORMAT
              + ": read it with the version of World that wrote it, or export it again");
    }
    Long link = line.number("link");
    return new HistoryHeader(
        run(line.required("run")),
        line.required("workflow"),
        status(line.required("status")),
        line.required("task_queue"),
        line.required("deployment"),
        line.requiredTime("created_at"),
        protocol(line.requiredNumber("protocol")),
        line.text("chain"),
        link == null ? 0 : link,
        line.texts("runs"),
        Boolean.TRUE.equals(line.flag("redacted")));
  }

  private static RunId run(String id) throws Line.Unreadable {
    try {
      return new RunId(id);
    } catch (WorldException e) {
      throw new Line.Unreadable("has a 'run' that is no id: " + e.getMessage());
    }
  }

  private static int protocol(long version) throws Line.Unreadable {
    if (version < 1 || version > Integer.MAX_VALUE) {
      throw new Line.Unreadable("has a 'protocol' that is no version: " + version);
    }
    return (int) version;
  }

  private static RunStatus status(String word) throws Line.Unreadable {
    try {
      return RunStatus.ofWord(word);
    } catch (IllegalArgumentException e) {
      throw new Line.Unreadable("has a status '" + word + "', which no run has");
    }
  }

  private static Event event(RunId run, Line line, long position) throws Line.Unreadable {
    Event event = EventLines.read(run, line);
    if (event.position() != position) {
      throw new Line.Unreadable(
          "has event " + event.position() + " where event " + position + " belongs");
    }
    if (position == 1 != (event.type() == EventType.RUN_CREATED)) {
      throw new Line.Unreadable(
          position == 1
              ? "has event " + event.type().word() + " first; a history begins with run_created"
              : "has event run_created, which can only be the first");
    }
    return event;
  }

  private void checkTrailer(Line line, int events) throws Line.Unreadable {
    long announced = line.requiredNumber("events");
    if (announced != events) {
      throw new Line.Unreadable(
          "says that there are " + announced + " events, but there are " + events);
    }
    String sha = digest.take();
    if (!sha.equals(line.text("sha256"))) {
      throw new Line.Unreadable(
          "has another SHA-256 than the lines before it ("
              + sha
              + "): the file was changed after it was written. Export it again");
    }
  }

  private @Nullable String next() throws IOException {
    String line = in.readLine();
    number += line == null ? 0 : 1;
    return line;
  }

  private static WorldException refused(String message) {
    return new WorldException(ErrorCode.INVALID_ARGUMENT, message);
  }
}
