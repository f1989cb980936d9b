package dev.fantasticfour.world.cli.queues;

import dev.fantasticfour.world.cli.assembly.Assembly;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import dev.fantasticfour.world.cli.view.Moment;
import dev.fantasticfour.world.cli.view.Table;
import dev.fantasticfour.world.core.port.Queue;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code world queue list}. */
@Command(
    name = "list",
    description = {
      "List the queues that have messages, and how full each is; those of single workers, which",
      "have hints that nobody has to read, with --all. Looks at all keys of the server."
    })
public final class QueueList implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();

  @Option(names = "--all", description = "also the queues of single workers")
  private boolean all;

  public QueueList(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Map<String, Queue.Stats> queues = new TreeMap<>();
    try (Queue queue = Assembly.queue(session)) {
      queue.queues().stream()
          .filter(name -> all || !name.startsWith(Queue.OF_A_WORKER))
          .forEach(name -> queues.put(name, queue.stats(name)));
    }
    if (output.json()) {
      queues.forEach(
          (name, stats) -> session.out().println(Json.line(QueueStats.json(name, stats))));
    } else {
      session.out().println(queues.isEmpty() ? "no queue has a message" : text(queues));
    }
    return ExitCode.OK;
  }

  private String text(Map<String, Queue.Stats> queues) {
    Table table = new Table("queue", "ready", "delayed", "in flight", "dead", "oldest ready");
    queues.forEach(
        (name, stats) ->
            table.row(
                name,
                stats.ready(),
                stats.delayed(),
                stats.inFlight(),
                stats.dead(),
                stats.ready() == 0 ? "" : Moment.text(stats.oldestReady())));
    return table.text(session.columns());
  }
}
