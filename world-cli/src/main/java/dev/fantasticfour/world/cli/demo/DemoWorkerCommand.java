package dev.fantasticfour.world.cli.demo;

import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.cli.assembly.Assembly;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;

/**
 * A worker of the demo, in a process of its own that ends when it is told to, or when the process
 * that started it is gone.
 */
@Command(name = "demo-worker", hidden = true, description = "Started by the demo.")
public final class DemoWorkerCommand implements Callable<Integer> {

  /** What is written to its standard input to end it in order. */
  static final String STOP = "stop";

  private final Session session;

  public DemoWorkerCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    // Before anything that may hang: whoever starts us may be killed at any time.
    Thread.ofPlatform().name("demo-parent").daemon().start(() -> listen(told));
    WorldConfig config = session.config();
    try (BodyJournal journal =
            new BodyJournal(config, Objects.requireNonNullElse(config.buildId(), "worker"));
        World world =
            Assembly.world(
                config,
                w ->
                    w.register(DemoWorkflow.TYPE, new DemoWorkflow(journal))
                        .register(
                            DemoWorkflow.CHARGE,
                            (step, order) -> DemoWorkflow.charge(journal, step, order)))) {
      world.start();
      told.await();
      world.close(Duration.ofSeconds(2));
    }
    return ExitCode.OK;
  }

  /** The pipe ends with the other process, even when that is killed. */
  private static void listen(CountDownLatch told) {
    try {
      byte[] word = System.in.readNBytes(STOP.length());
      if (word.length == STOP.length()) {
        told.countDown();
        return;
      }
    } catch (IOException e) {
      // Then nobody will ever tell us: the same as its end.
    }
    // The servers go with the other process; waiting for them to answer a good-bye would be long.
    Runtime.getRuntime().halt(ExitCode.NOT_ASKED);
  }
}
