package dev.fantasticfour.world.api.workflow;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * A Java type with its type arguments, for values whose class alone does not say enough: {@code new
 * ValueType<List<Line>>() {}}. It stays in the process and never reaches a store (law L10).
 */
public abstract class ValueType<T> {

  private final Type type;

  /** For anonymous subclasses, which carry the type argument. */
  protected ValueType() {
    if (getClass().getGenericSuperclass() instanceof ParameterizedType parent) {
      this.type = parent.getActualTypeArguments()[0];
    } else {
      throw new IllegalArgumentException(
          "write new ValueType<List<Line>>() {} with its type argument");
    }
  }

  private ValueType(Type type) {
    this.type = type;
  }

  /** A plain class. */
  public static <T> ValueType<T> of(Class<T> type) {
    return new Plain<>(type);
  }

  /** The reflected type. */
  public final Type type() {
    return type;
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof ValueType<?> that && type.equals(that.type);
  }

  @Override
  public final int hashCode() {
    return type.hashCode();
  }

  @Override
  public final String toString() {
    return type.getTypeName();
  }

  private static final class Plain<T> extends ValueType<T> {
    private Plain(Type type) {
      super(type);
    }
  }
}
