package dev.fantasticfour.world.postgres;

import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.apache.ibatis.type.BaseTypeHandler;
import org.apache.ibatis.type.JdbcType;
import org.jspecify.annotations.Nullable;

/** {@code timestamptz}, whatever time zone JVM and session are in; {@code -infinity} is MIN. */
final class InstantHandler extends BaseTypeHandler<Instant> {

  @Override
  public void setNonNullParameter(PreparedStatement ps, int i, Instant value, JdbcType jdbcType)
      throws SQLException {
    OffsetDateTime time =
        value.equals(Instant.MIN)
            ? OffsetDateTime.MIN
            : value.equals(Instant.MAX) ? OffsetDateTime.MAX : value.atOffset(ZoneOffset.UTC);
    ps.setObject(i, time);
  }

  @Override
  public @Nullable Instant getNullableResult(ResultSet rs, String column) throws SQLException {
    return read(rs.getObject(column, OffsetDateTime.class));
  }

  @Override
  public @Nullable Instant getNullableResult(ResultSet rs, int column) throws SQLException {
    return read(rs.getObject(column, OffsetDateTime.class));
  }

  @Override
  public @Nullable Instant getNullableResult(CallableStatement cs, int column) throws SQLException {
    return read(cs.getObject(column, OffsetDateTime.class));
  }

  private static @Nullable Instant read(@Nullable OffsetDateTime time) {
    return time == null ? null : Instants.read(time);
  }
}
