package dev.fantasticfour.world.cli.shell;

import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Printed;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code world version}. */
@Command(name = "version", description = "Show the version of World and of the JDK it runs on.")
public final class VersionCommand implements Callable<Integer> {

  private final Session session;
  private final Callable<String> version;
  @Mixin private Output output = new Output();

  /**
   * @param version says the version of World
   */
  public VersionCommand(Session session, Callable<String> version) {
    this.session = session;
    this.version = version;
  }

  @Override
  public Integer call() throws Exception {
    String world = version.call();
    String jdk = Runtime.version().toString();
    new Printed(session, output)
        .value(
            () -> Json.object().put("version", world).put("jdk", jdk),
            () -> "World " + world + " on JDK " + jdk);
    return ExitCode.OK;
  }
}
