package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.api.Bulk;
import dev.fantasticfour.world.api.BulkPreview;
import dev.fantasticfour.world.api.BulkReport;
import dev.fantasticfour.world.api.BulkVerb;
import dev.fantasticfour.world.api.CopyOptions;
import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.Cancellation;
import dev.fantasticfour.world.api.run.RunCount;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.core.engine.time.Bell;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One bulk: walks over the runs that matched when it was looked at, page by page, and does to each
 * what a handle would. For one thread.
 */
final class BulkRun implements Bulk {

  private static final int SHOWN = 20;
  private static final int PAGE = 200;
  private static final int MOST_REFUSALS = 1_000;
  private static final int MOST_PER_SECOND = 10_000;

  /** The ticket where no run matched: it is done to none. */
  private static final String NOTHING = "nothing";

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Bulks parts;
  private final RunFilter filter;
  private final String operationId;
  private final Map<String, String> refused = new LinkedHashMap<>();
  private int perSecond = 50;
  private @Nullable String reason;
  private @Nullable String by;
  private Consumer<String> listener = run -> {};
  private long done;
  private long already;
  private long refusals;

  BulkRun(Bulks parts, RunFilter filter, String operationId) {
    this.parts = parts;
    this.filter = filter;
    this.operationId = operationId;
  }

  @Override
  public Bulk rate(int runsPerSecond) {
    if (runsPerSecond < 1 || runsPerSecond > MOST_PER_SECOND) {
      throw invalid(
          "a bulk has a rate of 1 to "
              + MOST_PER_SECOND
              + " runs per second, not "
              + runsPerSecond);
    }
    perSecond = runsPerSecond;
    return this;
  }

  @Override
  public Bulk reason(@Nullable String why) {
    reason = why;
    return this;
  }

  @Override
  public Bulk by(@Nullable String who) {
    by = who;
    return this;
  }

  @Override
  public Bulk onEach(Consumer<String> each) {
    listener = each;
    return this;
  }

  @Override
  public BulkPreview preview() {
    Optional<Instant> newest = afterNewest();
    if (newest.isEmpty()) {
      return new BulkPreview(RunCount.of(0), List.of(), NOTHING);
    }
    Instant time = newest.get();
    RunFilter fixed = before(time);
    RunCount count = parts.storage().count(fixed);
    return new BulkPreview(
        count,
        parts.storage().runs(fixed, PageRequest.oldestFirst().withLimit(SHOWN)).items(),
        time + "/" + count.runs());
  }

  /** By the times of the store: those of this process may be others. */
  private Optional<Instant> afterNewest() {
    return parts.storage().runs(filter, PageRequest.newestFirst().withLimit(1)).items().stream()
        .map(run -> isByEnd() && run.completedAt() != null ? run.completedAt() : run.createdAt())
        .map(time -> time.plus(1, ChronoUnit.MICROS))
        .findFirst();
  }

  /** Whether runs are listed by when they ended. */
  private boolean isByEnd() {
    return filter.endedSince() != null;
  }

  private RunFilter before(Instant time) {
    Instant own = isByEnd() ? filter.endedBefore() : filter.createdBefore();
    if (own != null && own.isBefore(time)) {
      return filter;
    }
    return isByEnd() ? filter.endedBefore(time) : filter.createdBefore(time);
  }

  @Override
  public BulkReport run(BulkVerb verb, String ticket, boolean anyway) {
    if (ticket.equals(NOTHING)) {
      return new BulkReport(0, 0, Map.of(), 0);
    }
    RunFilter fixed = fixedBy(ticket, anyway);
    Bell paused = parts.machine().bell();
    Optional<String> cursor = Optional.empty();
    do {
      PageRequest page = PageRequest.oldestFirst().withLimit(PAGE);
      Page<RunRecord> found = parts.storage().runs(fixed, page.after(cursor.orElse(null)));
      for (RunRecord run : found.items()) {
        one(verb, run.id());
        listener.accept(run.id().value());
        pause(paused);
      }
      cursor = found.hasMore() ? Optional.ofNullable(found.cursor()) : Optional.empty();
    } while (cursor.isPresent());
    return new BulkReport(done, already, refused, refusals);
  }

  private RunFilter fixedBy(String ticket, boolean anyway) {
    try {
      String[] said = ticket.split("/", -1);
      RunFilter fixed = before(Instant.parse(said[0]));
      long then = Long.parseLong(said[1]);
      RunCount now = parts.storage().count(fixed);
      if (!anyway && now.runs() > then + then / 10) {
        throw invalid(
            "the bulk was looked at when "
                + then
                + " runs matched, and by now "
                + now
                + " do: look again, or do it anyway");
      }
      return fixed;
    } catch (DateTimeParseException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw invalid(
          "'" + ticket + "' is no ticket of a bulk: look at it first, and use what it says");
    }
  }

  private void one(BulkVerb verb, RunId run) {
    try {
      if (does(verb, run)) {
        done++;
      } else {
        already++;
      }
    } catch (WorldException e) {
      if (e.code().kind() != ErrorCode.Kind.CALLER) {
        throw e;
      }
      refusals++;
      if (refused.size() < MOST_REFUSALS) {
        refused.put(run.value(), Objects.requireNonNullElse(e.getMessage(), e.code().name()));
      }
    }
  }

  /** Whether it was not so before. */
  private boolean does(BulkVerb verb, RunId run) {
    CopyOptions options = CopyOptions.DEFAULT.operationId(operationId);
    return switch (verb) {
      case RETRY -> parts.again().retry(run).isNew();
      case RERUN -> parts.again().rerunOnce(run, options);
      case CANCEL -> {
        Cancellation answer = parts.control().cancel(run, reason);
        yield answer != Cancellation.ENDED && answer != Cancellation.REPEATED;
      }
      case TERMINATE -> parts.control().terminate(run, reason);
      case PAUSE -> parts.control().holds().pause(run, reason, by);
      case RESUME -> parts.control().holds().resume(run);
      case NUDGE -> parts.control().nudge(run);
    };
  }

  private void pause(Bell paused) {
    try {
      boolean unused = paused.rest(() -> false, SECOND.dividedBy(perSecond));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WorldException(
          ErrorCode.CLOSED,
          "bulk '" + operationId + "' was interrupted; do it again under that id for the rest",
          e);
    }
  }

  private static WorldException invalid(String message) {
    return new WorldException(ErrorCode.INVALID_ARGUMENT, message);
  }
}
