package dev.fantasticfour.world.cli.queues;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.cli.assembly.Assembly;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Printed;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Queue.DeadLetter;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code world queue revive}. */
@Command(
    name = "revive",
    description = {
      "Put a dead letter back, its attempts forgotten; with --all every one that there is now.",
      "Exit code 1 when it is not there."
    })
public final class QueueRevive implements Callable<Integer> {

  private final Session session;
  @Spec private @Nullable CommandSpec spec;
  @Mixin private Output output = new Output();

  @Parameters(index = "0", paramLabel = "QUEUE", description = "name of the queue")
  private String name = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "MESSAGE",
      description = "id of the message")
  private @Nullable String messageId;

  @Option(names = "--all", description = "all dead letters that the queue has now")
  private boolean all;

  public QueueRevive(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    String id = messageId;
    if ((id == null) != all && spec != null) {
      throw new ParameterException(spec.commandLine(), "Give either the id of a message or --all");
    }
    try (Queue queue = Assembly.queue(session)) {
      if (id == null) {
        return all(queue);
      }
      boolean revived = queue.revive(name, id);
      new Printed(session, output)
          .value(
              () -> Json.object().put("message", id).put("revived", revived),
              () -> id + (revived ? " is back in " : " is no dead letter of ") + name);
      return revived ? ExitCode.OK : ExitCode.NO;
    }
  }

  /** Those that are dead when it begins: one that dies again meanwhile is not put back twice. */
  private int all(Queue queue) {
    Set<String> dead = new LinkedHashSet<>();
    PageRequest request = PageRequest.oldestFirst().withLimit(PageRequest.MAX);
    Page<DeadLetter> page = queue.dead(name, request);
    page.items().forEach(letter -> dead.add(letter.id()));
    while (page.hasMore()) {
      page = queue.dead(name, request.after(page.cursor()));
      page.items().forEach(letter -> dead.add(letter.id()));
    }
    long revived = dead.stream().filter(letter -> queue.revive(name, letter)).count();
    new Printed(session, output)
        .value(
            () -> Json.object().put("queue", name).put("revived", revived),
            () -> revived + " dead letters are back in " + name);
    return ExitCode.OK;
  }
}
