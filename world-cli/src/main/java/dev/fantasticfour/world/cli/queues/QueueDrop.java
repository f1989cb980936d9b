package dev.fantasticfour.world.cli.queues;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.cli.assembly.Assembly;
import dev.fantasticfour.world.cli.assembly.Operating;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Printed;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code world queue drop}. */
@Command(
    name = "drop",
    description = {
      "Take a dead letter away for good. Asks before it does, and without a terminal needs --yes.",
      "Exit code 1 when it is not there."
    })
public final class QueueDrop implements Callable<Integer> {

  private static final String YES = "yes";

  private final Session session;
  @Mixin private Output output = new Output();

  @Parameters(index = "0", paramLabel = "QUEUE", description = "name of the queue")
  private String name = "";

  @Parameters(index = "1", paramLabel = "MESSAGE", description = "id of the message")
  private String messageId = "";

  @Option(names = "--yes", description = "do not ask")
  private boolean sure;

  public QueueDrop(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (!sure && !confirmed()) {
      session.err().println("world: nothing was dropped");
      return ExitCode.NO;
    }
    try (Operating operating = Assembly.onQueue(session)) {
      boolean dropped = operating.operator().queues().drop(name, messageId);
      new Printed(session, output)
          .value(
              () -> Json.object().put("message", messageId).put("dropped", dropped),
              () -> messageId + (dropped ? " is gone from " : " is no dead letter of ") + name);
      return dropped ? ExitCode.OK : ExitCode.NO;
    }
  }

  private boolean confirmed() {
    var answers = session.answers();
    if (answers == null) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT,
          "a message that is dropped is gone for good: add --yes to drop it without being asked");
    }
    session.err().print(messageId + " will be gone for good; type " + YES + " to go on: ");
    session.err().flush();
    String typed = answers.get();
    return typed != null && typed.strip().equals(YES);
  }
}
