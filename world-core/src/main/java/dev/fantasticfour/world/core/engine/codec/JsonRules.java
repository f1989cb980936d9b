package dev.fantasticfour.world.core.engine.codec;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import org.jspecify.annotations.Nullable;

/** How values look in JSON: exact, readable, and the same in every process. */
final class JsonRules {

  private JsonRules() {}

  static JsonMapper mapper() {
    return JsonMapper.builder(factory())
        .addModule(new Jdk8Module())
        .addModule(new JavaTimeModule().disable(JavaTimeFeature.NORMALIZE_DESERIALIZED_ZONE_ID))
        .addModule(new SimpleModule().setSerializerModifier(new OrderedSets()))
        .annotationIntrospector(new NoClassNames())
        // Times as ISO text, with the offset and the zone they were given.
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
        .enable(SerializationFeature.WRITE_DATES_WITH_ZONE_ID)
        .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
        // Decimals exactly, where no declared type says how they are wanted, too.
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
        // The same value gives the same bytes, whatever the JVM iterates first.
        .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
        .disable(SerializationFeature.FAIL_ON_ORDER_MAP_BY_INCOMPARABLE_KEY)
        .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .enable(MapperFeature.SORT_CREATOR_PROPERTIES_BY_DECLARATION_ORDER)
        // A release that dropped a field still reads what the one before it wrote.
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        // Messages never show a value.
        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
        .build();
  }

  /**
   * What was written can be read: Jackson bounds the length of names, texts and numbers on reading
   * only, and a payload refused there would strand its run. Depth is bounded on both sides alike.
   */
  static JsonFactory factory() {
    return JsonFactory.builder()
        // Virtual threads are many and short-lived: buffers kept per thread would be made anew each
        // time.
        .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNameLength(Integer.MAX_VALUE)
                .maxStringLength(Integer.MAX_VALUE)
                .maxNumberLength(Integer.MAX_VALUE)
                .build())
        .build();
  }

  /** Refuses type markers that put class names into stored data (law L10). */
  private static final class NoClassNames extends JacksonAnnotationIntrospector {

    private static final long serialVersionUID = 1L;

    @Override
    public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(
        MapperConfig<?> config, Annotated annotated) {
      JsonTypeInfo.Value found = super.findPolymorphicTypeInfo(config, annotated);
      if (found != null
          && (found.getIdType() == JsonTypeInfo.Id.CLASS
              || found.getIdType() == JsonTypeInfo.Id.MINIMAL_CLASS)) {
        throw new ClassNamesRefused(
            "@JsonTypeInfo on "
                + annotated.getName()
                + " would store class names; use JsonTypeInfo.Id.NAME and give each subtype a"
                + " name");
      }
      return found;
    }
  }

  /** Speaks of types only, so its message may be shown. */
  static final class ClassNamesRefused extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private ClassNamesRefused(String message) {
      super(message);
    }
  }
}
