package dev.fantasticfour.world.spring.boot;

import java.util.Optional;

/**
 * What another part of the application knows of a server, if that part is there. Such parts moved
 * between the lines of Spring Boot; the starter for each line has beans of these.
 *
 * @param <T> the form of an address
 */
public interface Known<T> {

  /** The address; empty when it has none, or more than one. */
  Optional<T> address();

  /** That of PostgreSQL. */
  interface Postgres extends Known<ServerAddress> {}

  /** That of Redis. */
  interface Redis extends Known<dev.fantasticfour.world.api.config.RedisOptions> {}
}
