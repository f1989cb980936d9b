package dev.fantasticfour.world.cli.demo;

import dev.fantasticfour.world.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "demo-worker")
public final class DemoWorkerCommand implements Callable<Integer> {
  private final Session session;

  public DemoWorkerCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return session.variables().size();
  }
}
