package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.core.port.Audit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What was done by hand. Each operation is one statement. */
final class Audits implements Audit {

  private final Sessions sessions;
  private final PostgresErrors errors;
  private final Supplier<Duration> offset;

  Audits(Sessions sessions, PostgresErrors errors, Supplier<Duration> offset) {
    this.sessions = sessions;
    this.errors = errors;
    this.offset = offset;
  }

  @Override
  public boolean audit(Deed deed, Outcome outcome, @Nullable String detail) {
    AuditRow row =
        new AuditRow(
            Texts.storable(deed.requestId()),
            // The server's clock says when.
            Instant.EPOCH,
            Texts.storable(deed.actor()),
            Texts.storable(deed.via()),
            Texts.storable(deed.action()),
            storable(deed.target()),
            storable(deed.filter()),
            storable(deed.reason()),
            outcome.word(),
            storable(detail));
    try {
      return sessions.call(
              AuditMapper.class,
              mapper -> mapper.write(row, Intervals.write(KEPT_FOR), Intervals.write(offset.get())))
          > 0;
    } catch (RuntimeException e) {
      throw errors.translate("writing down " + deed.action() + " of " + deed.actor(), e);
    }
  }

  @Override
  public Page<Entry> audits(Which which, PageRequest page) {
    String list = "audits\n" + which;
    Keyset keyset = Keyset.of(list, page);
    try {
      List<AuditRow> rows =
          sessions.call(
              AuditMapper.class,
              mapper ->
                  mapper.audits(
                      storable(which.actor()),
                      storable(which.action()),
                      storable(which.target()),
                      which.outcome() == null ? null : which.outcome().word(),
                      which.since(),
                      keyset));
      return Keyset.page(
          list,
          page,
          rows,
          row -> new Keyset.Key(row.at(), null, null, row.requestId()),
          AuditRow::toEntry);
    } catch (RuntimeException e) {
      throw errors.translate("looking at what was done", e);
    }
  }

  private static @Nullable String storable(@Nullable String text) {
    return text == null ? null : Texts.storable(text);
  }
}
