package dev.fantasticfour.world.bench.subject;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.fantasticfour.world.bench.server.Database;

/** The connection pool that every peer is given. */
final class Pools {

  static final int SIZE = 20;

  private Pools() {}

  static HikariDataSource open(Database database) {
    return open(database, SIZE);
  }

  static HikariDataSource open(Database database, int size) {
    HikariConfig pool = new HikariConfig();
    pool.setJdbcUrl(database.jdbcUrl());
    pool.setUsername(database.user());
    pool.setPassword(database.password());
    pool.setMaximumPoolSize(size);
    return new HikariDataSource(pool);
  }
}
