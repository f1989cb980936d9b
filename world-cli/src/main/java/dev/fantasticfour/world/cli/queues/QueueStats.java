package dev.fantasticfour.world.cli.queues;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fantasticfour.world.cli.assembly.Assembly;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Printed;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import dev.fantasticfour.world.cli.view.Moment;
import dev.fantasticfour.world.cli.view.Table;
import dev.fantasticfour.world.core.port.Queue;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code world queue stats}. */
@Command(name = "stats", description = "Show depth and age of a queue.")
public final class QueueStats implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();

  @Parameters(
      arity = "0..1",
      paramLabel = "QUEUE",
      description = "name of the queue (default: WORKFLOW_APPLICATION)")
  private @Nullable String name;

  public QueueStats(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (Queue queue = Assembly.queue(session)) {
      String asked = name == null ? session.config().application() : name;
      Queue.Stats stats = queue.stats(asked);
      new Printed(session, output)
          .value(
              () -> json(asked, stats),
              () ->
                  new Table("queue", "ready", "delayed", "in flight", "dead", "oldest ready")
                      .row(
                          asked,
                          stats.ready(),
                          stats.delayed(),
                          stats.inFlight(),
                          stats.dead(),
                          stats.ready() == 0 ? "" : Moment.text(stats.oldestReady()))
                      .text(session.columns()));
      return ExitCode.OK;
    }
  }

  static ObjectNode json(String name, Queue.Stats stats) {
    return Json.object()
        .put("queue", name)
        .put("ready", stats.ready())
        .put("delayed", stats.delayed())
        .put("inFlight", stats.inFlight())
        .put("dead", stats.dead())
        .put("oldestReadyMillis", stats.oldestReady().toMillis());
  }
}
