package dev.fantasticfour.world.embedded;

import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * Servers in containers. Testcontainers is an optional dependency: nothing may touch this class
 * before it is known to be there. Its own cleaner removes the containers after the JVM.
 */
final class Containers {
  private static final String POSTGRES_IMAGE = "postgres:15-alpine";
  private static final String REDIS_IMAGE = "redis:7-alpine";
  private static final int POSTGRES_PORT = 5432;
  private static final int REDIS_PORT = 6379;

  private Containers() {}

  static PostgresUrl startPostgres() {
    String password = FreshName.next();
    GenericContainer<?> container =
        new GenericContainer<>(DockerImageName.parse(POSTGRES_IMAGE))
            .withExposedPorts(POSTGRES_PORT)
            .withEnv("POSTGRES_PASSWORD", password)
            .withCommand("postgres", "-c", "max_connections=200")
            // The image starts the server twice: for its set-up and then for good.
            .waitingFor(Wait.forLogMessage(".*ready to accept connections.*", 2));
    container.start();
    return new PostgresUrl(
        "postgres",
        password,
        container.getHost(),
        container.getMappedPort(POSTGRES_PORT),
        "postgres",
        "");
  }

  static RedisUrl startRedis() {
    GenericContainer<?> container =
        new GenericContainer<>(DockerImageName.parse(REDIS_IMAGE)).withExposedPorts(REDIS_PORT);
    container.start();
    return new RedisUrl("", "", container.getHost(), container.getMappedPort(REDIS_PORT));
  }
}
