package dev.fantasticfour.world.cli.queues;

import dev.fantasticfour.world.cli.assembly.Assembly;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Printed;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import dev.fantasticfour.world.core.port.Queue;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code world queue revive}. */
@Command(
    name = "revive",
    description =
        "Put a dead letter back, its attempts forgotten. Exit code 1 when it is not there.")
public final class QueueRevive implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();

  @Parameters(index = "0", paramLabel = "QUEUE", description = "name of the queue")
  private String name = "";

  @Parameters(index = "1", paramLabel = "MESSAGE", description = "id of the message")
  private String messageId = "";

  public QueueRevive(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (Queue queue = Assembly.queue(session)) {
      boolean revived = queue.revive(name, messageId);
      new Printed(session, output)
          .value(
              () -> Json.object().put("message", messageId).put("revived", revived),
              () -> messageId + (revived ? " is back in " : " is no dead letter of ") + name);
      return revived ? ExitCode.OK : ExitCode.NO;
    }
  }
}
