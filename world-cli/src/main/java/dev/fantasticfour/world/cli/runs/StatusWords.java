package dev.fantasticfour.world.cli.runs;

import dev.fantasticfour.world.api.run.RunStatus;
import java.util.Arrays;
import java.util.Iterator;

/** The statuses of runs as shells complete them. */
final class StatusWords implements Iterable<String> {

  @Override
  public Iterator<String> iterator() {
    return Arrays.stream(RunStatus.values()).map(RunStatus::word).iterator();
  }
}
