package dev.fantasticfour.world.bench.subject;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Counts how often a connection is taken. World takes one for each statement, so this counts its
 * statements at once and exactly, where the server's own statistics lag by seconds; of somebody who
 * runs several statements on one it is the least number.
 */
public final class CountingSource implements DataSource {

  private final DataSource source;
  private final AtomicLong taken = new AtomicLong();

  /** Counts over that pool, which stays its opener's to close. */
  public CountingSource(DataSource source) {
    this.source = source;
  }

  /** How often a connection was taken so far. */
  public long taken() {
    return taken.get();
  }

  @Override
  public Connection getConnection() throws SQLException {
    taken.incrementAndGet();
    return source.getConnection();
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    taken.incrementAndGet();
    return source.getConnection(user, password);
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return source.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    source.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    source.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return source.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return source.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return source.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return source.isWrapperFor(type);
  }
}
