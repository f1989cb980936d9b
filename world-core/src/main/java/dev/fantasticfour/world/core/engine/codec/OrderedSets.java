package dev.fantasticfour.world.core.engine.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.ser.ContextualSerializer;
import com.fasterxml.jackson.databind.ser.ResolvableSerializer;
import com.fasterxml.jackson.databind.type.CollectionType;
import java.io.IOException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes sets without an order of their own sorted: {@code Set.of} iterates differently in every
 * process, and the same input must give the same bytes. Sets whose elements cannot be compared are
 * written as they iterate.
 */
final class OrderedSets extends BeanSerializerModifier {

  private static final long serialVersionUID = 1L;

  @Override
  @SuppressWarnings("unchecked")
  public JsonSerializer<?> modifyCollectionSerializer(
      SerializationConfig config,
      CollectionType type,
      BeanDescription description,
      JsonSerializer<?> serializer) {
    Class<?> raw = type.getRawClass();
    return raw == Set.class || raw == Collection.class || Set.class.isAssignableFrom(raw)
        ? new Sorting((JsonSerializer<Object>) serializer)
        : serializer;
  }

  private static Object sorted(Object value) {
    // An EnumSet has an order, and a serializer that takes nothing else.
    if (!(value instanceof Set<?> set)
        || value instanceof EnumSet<?>
        || value instanceof SortedSet<?>
        || value instanceof LinkedHashSet<?>
        || set.size() < 2) {
      return value;
    }
    Class<?> first = null;
    for (Object element : set) {
      if (!(element instanceof Comparable<?>) || (first != null && element.getClass() != first)) {
        return value;
      }
      first = element.getClass();
    }
    TreeSet<Object> ordered = new TreeSet<>(set);
    // Elements that compare as equal without being it (1.0 and 1.00) must not get lost.
    return ordered.size() == set.size() ? ordered : value;
  }

  /** Sorts, then writes as Jackson would have. */
  private static final class Sorting extends JsonSerializer<Object>
      implements ContextualSerializer, ResolvableSerializer {

    private final JsonSerializer<Object> inner;

    private Sorting(JsonSerializer<Object> inner) {
      this.inner = inner;
    }

    @Override
    public void serialize(Object value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      inner.serialize(sorted(value), out, provider);
    }

    @Override
    public void serializeWithType(
        Object value, JsonGenerator out, SerializerProvider provider, TypeSerializer types)
        throws IOException {
      inner.serializeWithType(sorted(value), out, provider, types);
    }

    @Override
    public boolean isEmpty(SerializerProvider provider, Object value) {
      return inner.isEmpty(provider, value);
    }

    @Override
    @SuppressWarnings("unchecked")
    public JsonSerializer<?> createContextual(
        SerializerProvider provider, @Nullable BeanProperty property) throws JsonMappingException {
      JsonSerializer<?> contextual = provider.handlePrimaryContextualization(inner, property);
      return new Sorting((JsonSerializer<Object>) contextual);
    }

    @Override
    public void resolve(SerializerProvider provider) throws JsonMappingException {
      if (inner instanceof ResolvableSerializer resolvable) {
        resolvable.resolve(provider);
      }
    }
  }
}
