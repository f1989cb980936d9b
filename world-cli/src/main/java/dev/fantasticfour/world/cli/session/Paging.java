package dev.fantasticfour.world.cli.session;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.PageRequest.Order;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every list. */
public final class Paging {

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "at most that many (default: ${DEFAULT-VALUE}, most: 1000)")
  private int limit = 20;

  @Option(
      names = "--cursor",
      paramLabel = "CURSOR",
      description = "go on after the page that ended with this cursor")
  private @Nullable String cursor;

  @Option(names = "--oldest-first", description = "oldest first instead of newest first")
  private boolean oldestFirst;

  /** The page that was asked for. */
  public PageRequest request() {
    return new PageRequest(limit, cursor, oldestFirst ? Order.ASCENDING : Order.DESCENDING);
  }
}
