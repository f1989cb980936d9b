package dev.fantasticfour.world.cli;

import dev.fantasticfour.world.api.Registrations;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.cli.assembly.Assembly;
import dev.fantasticfour.world.cli.server.Reach;
import java.sql.Connection;
import java.sql.Statement;
import java.util.function.Consumer;

/** A process in which a world does not come to be, and that has nothing else to do. */
final class OpeningMain {

  /** What goes wrong, and where in the course of opening. */
  enum Story {
    /** The adapters are found by the names of their providers. */
    FOUND,
    /** The adapters are those of Guice modules. */
    ASSEMBLED,
    /** Everything is open, and the application's own registrations are wrong. */
    REGISTERED_TWICE,
    /** Everything is open, and the workers cannot start. */
    NOT_STARTED
  }

  private static final WorkflowType<String, String> TYPE =
      WorkflowType.of("w", String.class, String.class);

  private static final Consumer<Registrations> ONCE = w -> w.register(TYPE, (ctx, in) -> in);

  private OpeningMain() {}

  public static void main(String[] arguments) throws Exception {
    WorldConfig config = WorldConfig.fromEnvironment();
    switch (Story.valueOf(arguments[0])) {
      case FOUND -> World.create(config, ONCE);
      case ASSEMBLED -> Assembly.world(config, ONCE);
      case REGISTERED_TWICE -> Assembly.world(config, w -> ONCE.andThen(ONCE).accept(w));
      case NOT_STARTED -> {
        try (World world = World.create(config, ONCE)) {
          breakTheStore(config);
          world.start();
        }
      }
    }
  }

  private static void breakTheStore(WorldConfig config) throws Exception {
    try (Connection connection = Reach.postgres(config);
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER TABLE workflow_workers RENAME TO workers_of_before");
    }
  }
}
