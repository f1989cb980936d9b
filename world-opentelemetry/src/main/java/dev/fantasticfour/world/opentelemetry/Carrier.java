package dev.fantasticfour.world.opentelemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Contexts as short texts, in the form that the application has chosen for them. */
final class Carrier {

  private static final TextMapSetter<Map<String, String>> SETTER =
      (carrier, key, value) -> {
        if (carrier != null) {
          carrier.put(key, value);
        }
      };

  private static final TextMapGetter<Map<String, String>> GETTER =
      new TextMapGetter<>() {
        // Versions of OpenTelemetry before this one have no default for it.
        @SuppressWarnings("deprecation")
        @Override
        public Iterable<String> keys(Map<String, String> carrier) {
          return carrier.keySet();
        }

        @Override
        public @Nullable String get(@Nullable Map<String, String> carrier, String key) {
          return carrier == null ? null : carrier.get(key);
        }
      };

  private final TextMapPropagator propagator;

  Carrier(OpenTelemetry telemetry) {
    this.propagator = telemetry.getPropagators().getTextMapPropagator();
  }

  Map<String, String> write(Context context) {
    Map<String, String> texts = new HashMap<>();
    propagator.inject(context, texts, SETTER);
    return texts;
  }

  Context read(Map<String, String> texts) {
    return texts.isEmpty() ? Context.root() : propagator.extract(Context.root(), texts, GETTER);
  }
}
