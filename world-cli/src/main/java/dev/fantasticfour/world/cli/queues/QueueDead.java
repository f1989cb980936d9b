package dev.fantasticfour.world.cli.queues;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.cli.assembly.Assembly;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Printed;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import dev.fantasticfour.world.cli.view.Table;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Queue.DeadLetter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code world queue dead}. */
@Command(
    name = "dead",
    description = "List messages that no worker could handle, oldest first; 'revive' retries one.")
public final class QueueDead implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();

  @Parameters(
      arity = "0..1",
      paramLabel = "QUEUE",
      description = "name of the queue (default: WORKFLOW_APPLICATION)")
  private @Nullable String name;

  @Option(names = "--limit", paramLabel = "N", description = "at most that many (default: 100)")
  private int limit = 100;

  @Option(
      names = "--cursor",
      paramLabel = "CURSOR",
      description = "go on after the page that ended with this cursor")
  private @Nullable String cursor;

  public QueueDead(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (Queue queue = Assembly.queue(session)) {
      String asked = name == null ? session.config().application() : name;
      Page<DeadLetter> page =
          queue.dead(asked, PageRequest.oldestFirst().withLimit(limit).after(cursor));
      new Printed(session, output).page("no dead letters", page, Json::of, () -> table(page));
      return ExitCode.OK;
    }
  }

  private static Table table(Page<DeadLetter> page) {
    Table table = new Table("message", "attempts", "error", "body");
    for (DeadLetter letter : page.items()) {
      table.row(letter.id(), letter.attempts(), letter.error(), Json.line(Json.of(letter.body())));
    }
    return table;
  }
}
