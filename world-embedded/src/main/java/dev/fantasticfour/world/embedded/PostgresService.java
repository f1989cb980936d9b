package dev.fantasticfour.world.embedded;

import java.util.Optional;

/** The PostgreSQL that all tests of this JVM share, wherever it comes from. */
public sealed interface PostgresService permits OwnedPostgres, GivenPostgres {

  /** Address of a database for administration: {@code postgresql://user:password@host:port/db}. */
  String url();

  /**
   * Makes an empty database that nobody else uses and gives its address.
   *
   * @throws EmbeddedServerException if the server refuses
   */
  String freshDatabase();

  /** Version of the server, for example {@code 15.19}. */
  String version();

  /** Power over the server's process; empty where the process is not ours. */
  Optional<ServerControl> control();
}
