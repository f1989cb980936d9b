package dev.fantasticfour.world.core.engine.export;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.RunLog;
import dev.fantasticfour.world.core.rules.Protocol;
import java.util.ArrayList;
import java.util.List;

/** Whole logs, however long they are. */
public final class RunLogs {

  private RunLogs() {}

  /** All events of a run, by position; none of a run that there is not. */
  public static List<Event> read(RunLog logs, RunId run) {
    List<Event> log = new ArrayList<>(logs.history(run, 0, Protocol.MAX_HISTORY));
    int read = log.size();
    while (read == Protocol.MAX_HISTORY) {
      List<Event> more = logs.history(run, log.getLast().position(), Protocol.MAX_HISTORY);
      log.addAll(more);
      read = more.size();
    }
    return log;
  }
}
