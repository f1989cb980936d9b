package dev.fantasticfour.world.cli.queues;

import dev.fantasticfour.world.cli.assembly.Assembly;
import dev.fantasticfour.world.cli.assembly.Operating;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Printed;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import dev.fantasticfour.world.core.operate.QueueOperations;
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
    try (Operating operating = Assembly.onQueue(session)) {
      if (id == null) {
        return all(operating.operator().queues());
      }
      boolean revived = operating.operator().queues().revive(name, id);
      new Printed(session, output)
          .value(
              () -> Json.object().put("message", id).put("revived", revived),
              () -> id + (revived ? " is back in " : " is no dead letter of ") + name);
      return revived ? ExitCode.OK : ExitCode.NO;
    }
  }

  private int all(QueueOperations queues) {
    long revived = queues.reviveAll(name);
    new Printed(session, output)
        .value(
            () -> Json.object().put("queue", name).put("revived", revived),
            () -> revived + " dead letters are back in " + name);
    return ExitCode.OK;
  }
}
