package dev.fantasticfour.world.cli.fault;

import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.postgres.PostgresMigrations;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The main class of a worker JVM: one world with the {@link Teller}. It is told what to do line by
 * line on standard input and answers on standard output; when the input ends, whoever started it is
 * gone, and it halts.
 */
public final class WorkerMain {

  static final String NAME = "FAULT_NAME";
  static final String READY = "ready";
  static final String CLOSE = "close";
  static final String CLOSED = "closed";

  private WorkerMain() {}

  /** Runs until told to end. */
  public static void main(String[] arguments) throws Exception {
    WorldConfig config = WorldConfig.fromEnvironment();
    if (config.migrateOnStart()) {
      // As `world migrate` does: what is not known to be done is asked of all that there is.
      int unused = PostgresMigrations.migrate(config);
    }
    Gates gates = new Gates();
    Teller teller = new Teller(new BodyJournal(config, System.getenv(NAME)), gates);
    World world = World.create(config, w -> w.register(Story.TYPE, teller));
    world.start();
    System.out.println(READY);
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      if (line.startsWith("open ")) {
        gates.open(line.substring("open ".length()));
      } else if (line.equals(CLOSE)) {
        world.close(Duration.ofSeconds(5));
        System.out.println(CLOSED);
      }
    }
    Runtime.getRuntime().halt(1);
  }
}
