package dev.fantasticfour.world.cli.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.cli.assembly.Assembly;
import dev.fantasticfour.world.cli.assembly.Operating;
import dev.fantasticfour.world.cli.runs.TypedTime;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Paging;
import dev.fantasticfour.world.cli.session.Printed;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import dev.fantasticfour.world.cli.view.Moment;
import dev.fantasticfour.world.cli.view.Table;
import dev.fantasticfour.world.core.operate.Action;
import dev.fantasticfour.world.core.port.Audit.Deed;
import dev.fantasticfour.world.core.port.Audit.Entry;
import dev.fantasticfour.world.core.port.Audit.Outcome;
import dev.fantasticfour.world.core.port.Audit.Which;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code world audit}. */
@Command(
    name = "audit",
    description = {
      "List who did what by hand, with `world` or a console, newest first; kept for 400 days.",
      "What stands as intended was interrupted, and may have been done."
    })
public final class AuditList implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();
  @Mixin private Paging paging = new Paging();

  @Option(names = "--actor", paramLabel = "NAME", description = "only what they did")
  private @Nullable String actor;

  @Option(
      names = "--action",
      paramLabel = "WORD",
      description = "only that: cancel, bulk-retry, revive and so on")
  private @Nullable String action;

  @Option(
      names = "--target",
      paramLabel = "WHAT",
      description = "only what was done to that run, build or queue")
  private @Nullable String target;

  @Option(
      names = "--outcome",
      paramLabel = "OUTCOME",
      description = "only what came out so: ${COMPLETION-CANDIDATES}")
  private @Nullable Outcome outcome;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "only what was done then or later: 24h, or 2026-03-01T09:30:00Z")
  private @Nullable String since;

  public AuditList(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Which which = new Which(actor, known(action), target, outcome, time(since));
    try (Operating operating = Assembly.onStorage(session)) {
      Page<Entry> page = operating.operator().audits(which, paging.request());
      new Printed(session, output)
          .page("nobody did anything", page, AuditList::json, () -> table(page));
      return ExitCode.OK;
    }
  }

  private static @Nullable String known(@Nullable String word) {
    if (word != null && Arrays.stream(Action.values()).noneMatch(a -> a.word().equals(word))) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT,
          "--action: '"
              + word
              + "' is none of "
              + String.join(
                  ", ",
                  Arrays.stream(Action.values())
                      .filter(Action::isAudited)
                      .map(Action::word)
                      .toList()));
    }
    return word;
  }

  private static @Nullable Instant time(@Nullable String typed) {
    return typed == null ? null : TypedTime.ago(typed, Instant.now());
  }

  private static JsonNode json(Entry entry) {
    Deed deed = entry.deed();
    return Json.object()
        .put("at", Moment.text(entry.at()))
        .put("actor", deed.actor())
        .put("via", deed.via())
        .put("action", deed.action())
        .put("target", deed.target())
        .put("filter", deed.filter())
        .put("reason", deed.reason())
        .put("outcome", entry.outcome().word())
        .put("detail", entry.detail())
        .put("request", deed.requestId());
  }

  private static Table table(Page<Entry> page) {
    Table table = new Table("at", "who", "via", "action", "to what", "outcome", "what came of it");
    for (Entry entry : page.items()) {
      Deed deed = entry.deed();
      table.row(
          Moment.local(entry.at()),
          deed.actor(),
          deed.via(),
          deed.action(),
          deed.target() == null ? deed.filter() : deed.target(),
          entry.outcome().word(),
          entry.detail());
    }
    return table;
  }
}
