package dev.fantasticfour.world.api.attribute;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The typed key of an attribute: the one place where its persistent name is written. Two keys of
 * one name and one kind are equal. Immutable.
 *
 * @param <T> what its values are in Java
 */
public final class AttributeKey<T> {

  private final String name;
  private final String kind;
  private final @Nullable AttributeOrder order;
  private final Function<T, AttributeValue> write;
  private final Function<AttributeValue, @Nullable T> read;

  private AttributeKey(
      String name,
      String kind,
      @Nullable AttributeOrder order,
      Function<T, AttributeValue> write,
      Function<AttributeValue, @Nullable T> read) {
    this.name = AttributeLimits.requireKey(name);
    this.kind = kind;
    this.order = order;
    this.write = write;
    this.read = read;
  }

  /**
   * A key whose values are texts, compared character by character.
   *
   * @param name {@code [a-z][a-z0-9_.-]{0,63}}
   * @throws WorldException {@code INVALID_ARGUMENT} when the name is another
   */
  public static AttributeKey<String> keyword(String name) {
    return new AttributeKey<>(
        name,
        "keyword",
        AttributeOrder.TEXT,
        AttributeValue::of,
        value -> value instanceof AttributeValue.Text found ? found.text() : null);
  }

  /** A key whose values are integers; see {@link #keyword} for names. */
  public static AttributeKey<Long> number(String name) {
    return new AttributeKey<>(
        name,
        "number",
        AttributeOrder.NUMBER,
        AttributeValue::of,
        value -> value instanceof AttributeValue.Numeric found ? exact(found.number()) : null);
  }

  private static @Nullable Long exact(BigDecimal number) {
    boolean fits = number.scale() <= 0 && number.precision() - number.scale() <= 19;
    return fits && number.toBigInteger().bitLength() < Long.SIZE ? number.longValue() : null;
  }

  /**
   * A key whose values are decimal numbers of at most 38 digits; see {@link #keyword} for names.
   */
  public static AttributeKey<BigDecimal> decimal(String name) {
    return new AttributeKey<>(
        name,
        "decimal",
        AttributeOrder.NUMBER,
        AttributeValue::of,
        value -> value instanceof AttributeValue.Numeric found ? found.number() : null);
  }

  /** A key whose values are yes or no; see {@link #keyword} for names. */
  public static AttributeKey<Boolean> bool(String name) {
    return new AttributeKey<>(
        name,
        "bool",
        null,
        AttributeValue::of,
        value -> value instanceof AttributeValue.Bool found ? (Boolean) found.value() : null);
  }

  /**
   * A key whose values are times of the years 1 to 9999, cut to microseconds; see {@link #keyword}
   * for names. Kept as text in UTC with six digits of a second, {@code
   * 2026-03-01T09:30:00.000000Z}.
   */
  public static AttributeKey<Instant> time(String name) {
    return new AttributeKey<>(
        name,
        "time",
        AttributeOrder.TIME,
        time -> AttributeValue.of(AttributeTime.write(time)),
        value ->
            value instanceof AttributeValue.Text found ? AttributeTime.read(found.text()) : null);
  }

  /** A key whose values are sets of texts; see {@link #keyword} for names. */
  public static AttributeKey<Set<String>> keywords(String name) {
    return new AttributeKey<>(
        name,
        "keywords",
        null,
        AttributeValue::of,
        value -> value instanceof AttributeValue.Texts found ? found.texts() : null);
  }

  /** The persistent name. */
  public String name() {
    return name;
  }

  /**
   * The value as it is kept.
   *
   * @throws WorldException {@code INVALID_ARGUMENT} when it is beyond {@link AttributeLimits}
   */
  public AttributeValue value(T value) {
    return AttributeLimits.requireValue(name, write.apply(value));
  }

  /**
   * What the attributes say under this key; empty where there is nothing, or something of another
   * kind.
   */
  public Optional<T> from(Map<String, AttributeValue> attributes) {
    return Optional.ofNullable(attributes.get(name)).map(read);
  }

  /** Runs whose attribute has exactly this value; a set, exactly these texts. */
  public AttributeCondition is(T value) {
    return new AttributeCondition.Is(name, value(value));
  }

  /** Runs whose attribute has another value, and runs that have none. */
  public AttributeCondition isNot(T value) {
    return new AttributeCondition.IsNot(name, value(value));
  }

  /**
   * Runs whose attribute has one of these values.
   *
   * @param values 1 to {@value AttributeCondition#MAX_VALUES}
   */
  public AttributeCondition in(Collection<? extends T> values) {
    return new AttributeCondition.In(
        name, values.stream().<AttributeValue>map(this::value).toList());
  }

  /** Runs that have the attribute, whatever its value. */
  public AttributeCondition exists() {
    return new AttributeCondition.Exists(name);
  }

  /**
   * Runs whose attribute lies between the two, both included. Of keywords, numbers, decimals and
   * times. Unless the store has an index for it, the list needs a workflow or a time, too.
   *
   * @throws WorldException {@code INVALID_ARGUMENT} when the kind has no order, or the range is
   *     empty
   */
  public AttributeCondition between(T from, T to) {
    return range(value(from), value(to));
  }

  /** Runs whose attribute is that or more; as {@link #between}. */
  public AttributeCondition atLeast(T from) {
    return range(value(from), null);
  }

  /** Runs whose attribute is that or less; as {@link #between}. */
  public AttributeCondition atMost(T to) {
    return range(null, value(to));
  }

  private AttributeCondition range(@Nullable AttributeValue from, @Nullable AttributeValue to) {
    if (order == null) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT, "attribute " + this + " has no order, and so no range");
    }
    return new AttributeCondition.Range(name, order, from, to);
  }

  /**
   * Runs whose attribute is a set that has this text.
   *
   * @throws WorldException {@code INVALID_ARGUMENT} when the key is of no set
   */
  public AttributeCondition contains(String text) {
    if (!kind.equals("keywords")) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT, "attribute " + this + " is no set of keywords");
    }
    return new AttributeCondition.Contains(name, text);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AttributeKey<?> that
        && name.equals(that.name)
        && kind.equals(that.kind);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  /** Name and kind: {@code customer (keyword)}. */
  @Override
  public String toString() {
    return name + " (" + kind + ")";
  }
}
