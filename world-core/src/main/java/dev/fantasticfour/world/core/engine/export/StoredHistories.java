package dev.fantasticfour.world.core.engine.export;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunRecord;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Histories of the runs of a store, newest run first, one at a time in memory. Only what reads is
 * asked of the client.
 */
public final class StoredHistories {

  private StoredHistories() {}

  /** Who is told of each run. */
  public interface Listener {

    /** A history as far as it has come. */
    void history(RunHistory history);

    /** A run whose history this version of World cannot read, and why. */
    void unreadable(RunRecord run, String why);
  }

  /**
   * How far it went.
   *
   * @param cursor to go on with; null when there was nothing
   * @param hasMore whether more runs match than were asked for
   */
  public record Read(@Nullable String cursor, boolean hasMore) {}

  /**
   * Reads. A run that is deleted meanwhile is left out.
   *
   * @param most runs, at least 1
   * @param cursor of what was read before, or null
   * @throws WorldException as {@link WorldClient#runs}
   */
  public static Read read(
      WorldClient client, RunFilter filter, int most, @Nullable String cursor, Listener listener) {
    int left = most;
    while (true) {
      Page<RunRecord> page =
          client.runs(filter, PageRequest.newestFirst().withLimit(left).after(cursor));
      page.items().forEach(run -> read(client, run, listener));
      left -= page.items().size();
      cursor = page.cursor();
      if (!page.hasMore() || left <= 0) {
        return new Read(cursor, page.hasMore());
      }
    }
  }

  private static void read(WorldClient client, RunRecord run, Listener listener) {
    List<RunHistory> histories;
    try {
      StringBuilder text = new StringBuilder();
      client.exportRun(run.id().value(), text);
      histories = HistoryReader.read(run.id().value(), new StringReader(text.toString()));
    } catch (WorldException e) {
      if (e.code() == ErrorCode.RUN_NOT_SUPPORTED) {
        listener.unreadable(run, String.valueOf(e.getMessage()));
      } else if (e.code() != ErrorCode.RUN_NOT_FOUND) {
        throw e;
      }
      return;
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not take a history", e);
    }
    histories.forEach(listener::history);
  }
}
