package dev.fantasticfour.world.postgres;

import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import org.apache.ibatis.type.BaseTypeHandler;
import org.apache.ibatis.type.JdbcType;
import org.jspecify.annotations.Nullable;

/** Java arrays as PostgreSQL arrays, one handler per element type. */
abstract class ArrayHandlers<T> extends BaseTypeHandler<T> {

  private final String elementType;

  private ArrayHandlers(String elementType) {
    this.elementType = elementType;
  }

  /**
   * A null with its type: the driver prepares a statement anew when a parameter has another type
   * than the last time, and to it a null without one has.
   */
  @Override
  public void setParameter(
      PreparedStatement ps, int i, @Nullable T value, @Nullable JdbcType jdbcType)
      throws SQLException {
    if (value == null) {
      ps.setNull(i, Types.ARRAY, elementType + "[]");
    } else {
      setNonNullParameter(ps, i, value, JdbcType.ARRAY);
    }
  }

  @Override
  public void setNonNullParameter(PreparedStatement ps, int i, T value, JdbcType jdbcType)
      throws SQLException {
    Array array = ps.getConnection().createArrayOf(elementType, (Object[]) value);
    ps.setArray(i, array);
  }

  @Override
  public @Nullable T getNullableResult(ResultSet rs, String column) throws SQLException {
    return read(rs.getArray(column));
  }

  @Override
  public @Nullable T getNullableResult(ResultSet rs, int column) throws SQLException {
    return read(rs.getArray(column));
  }

  @Override
  public @Nullable T getNullableResult(CallableStatement cs, int column) throws SQLException {
    return read(cs.getArray(column));
  }

  @SuppressWarnings("unchecked")
  private @Nullable T read(@Nullable Array array) throws SQLException {
    return array == null ? null : (T) array.getArray();
  }

  static final class Texts extends ArrayHandlers<String[]> {
    Texts() {
      super("text");
    }
  }

  /** Literals of {@code timestamptz}. */
  static final class Times extends ArrayHandlers<String[]> {
    Times() {
      super("timestamptz");
    }
  }

  static final class Ints extends ArrayHandlers<Integer[]> {
    Ints() {
      super("int4");
    }
  }

  static final class Longs extends ArrayHandlers<Long[]> {
    Longs() {
      super("int8");
    }
  }

  static final class Flags extends ArrayHandlers<Boolean[]> {
    Flags() {
      super("bool");
    }
  }

  /** Rows of texts. */
  static final class TextRows extends ArrayHandlers<String[][]> {
    TextRows() {
      super("text");
    }
  }

  /** Rows of numbers. */
  static final class LongRows extends ArrayHandlers<Long[][]> {
    LongRows() {
      super("int8");
    }
  }

  /** Rows of bytes. */
  static final class BytesRows extends ArrayHandlers<byte[][][]> {
    BytesRows() {
      super("bytea");
    }
  }

  static final class Bytes extends ArrayHandlers<byte[][]> {
    Bytes() {
      super("bytea");
    }
  }
}
