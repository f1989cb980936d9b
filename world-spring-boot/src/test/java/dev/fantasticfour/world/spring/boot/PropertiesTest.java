package dev.fantasticfour.world.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.config.RetentionPolicy;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.spring.Startup;
import dev.fantasticfour.world.spring.WorldProperties;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.boot.configurationmetadata.ConfigurationMetadataProperty;
import org.springframework.boot.configurationmetadata.ConfigurationMetadataRepositoryJsonBuilder;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** The properties under {@code world}, what editors know of them, and what is none of them. */
class PropertiesTest {

  /** The properties of the metadata by name, as editors read them. */
  private static Map<String, ConfigurationMetadataProperty> documented() throws IOException {
    try (InputStream in =
        PropertiesTest.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
      return new TreeMap<>(
          ConfigurationMetadataRepositoryJsonBuilder.create(in).build().getAllProperties());
    }
  }

  private static Map<String, Class<?>> types(String prefix, Class<?> type) {
    Map<String, Class<?>> types = new TreeMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      String name =
          prefix
              + "."
              + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
      if (component.getType().isRecord()) {
        types.putAll(types(name, component.getType()));
      } else {
        types.put(name, component.getType());
      }
    }
    return types;
  }

  @Test
  void everyPropertyIsKnownToEditorsWithItsTypeAndAText() throws IOException {
    Map<String, ConfigurationMetadataProperty> documented = documented();
    Map<String, Class<?>> types = types("world", WorldProperties.class);

    assertThat(documented.keySet()).containsExactlyInAnyOrderElementsOf(types.keySet());
    assertThat(UnknownProperties.known()).isEqualTo(types.keySet());
    documented.forEach(
        (name, property) -> {
          assertThat(property.getType()).as(name).startsWith(types.get(name).getName());
          assertThat(property.getDescription()).as(name).endsWith(".");
        });
  }

  @Test
  void theDefaultsThatEditorsShowAreThoseThatHold() throws IOException {
    Map<String, Object> shown = new TreeMap<>();
    documented()
        .forEach(
            (name, property) -> {
              if (property.getDefaultValue() != null) {
                shown.put(name, property.getDefaultValue());
              }
            });
    WorldProperties given = bound(shown);

    assertThat(given.over(WorldConfig.defaults())).isEqualTo(WorldConfig.defaults());
    assertThat(given.workerSettings()).isEqualTo(WorldProperties.none().workerSettings());
    assertThat(given.startup()).isEqualTo(Startup.FAIL);
    assertThat(shown).hasSizeGreaterThan(10);
  }

  private static WorldProperties bound(Map<String, Object> values) {
    return Binder.get(environment(values)).bind("world", WorldProperties.class).get();
  }

  private static StandardEnvironment environment(Map<String, Object> values) {
    StandardEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(new MapPropertySource("given", values));
    return environment;
  }

  @Test
  void runsAreKeptAsLongAsThePropertiesSay() {
    WorldConfig config =
        bound(
                Map.of(
                    "world.retention.completed", "30d",
                    "world.retention.keys", "400d",
                    "world.retention.workflows.order.completed", "365d",
                    "world.retention.workflows[order.old].failed", "1h",
                    "world.retention.archive", "/var/lib/runs"))
            .over(WorldConfig.defaults());

    assertThat(config.retention())
        .isEqualTo(
            RetentionPolicy.parse(
                "completed=30d,keys=400d; order: completed=365d; order.old: failed=1h"));
    assertThat(config.retentionArchive()).isEqualTo("/var/lib/runs");
    assertThat(WorldProperties.none().over(WorldConfig.defaults()).retention()).isNull();
  }

  @Test
  void aTimeThatNobodyCanMeanIsRefusedByItsProperty() {
    WorldProperties given = bound(Map.of("world.retention.failed", "0s"));
    assertThatThrownBy(() -> given.over(WorldConfig.defaults()))
        .hasMessageContainingAll("world.retention", "a retention is such as", "PT0S");
  }

  @Test
  void whatIsMisspeltIsReportedWithTheNearestName() {
    StandardEnvironment environment =
        environment(
            Map.of(
                "world.workers.enable", "true",
                "world.postgres.poolsize", "7",
                "world.postgres.poolSize", "7",
                "world.settings.WORKFLOW_H2_URL", "x",
                "world.startup", "retry",
                "worlds.apart", "x",
                "world.retention.workflows.order.completed", "1d",
                "world.retention.workflows.order.complete", "1d",
                "world.redis.ulr", "redis://h"));

    assertThat(UnknownProperties.in(environment))
        .containsExactly(
            "property world.redis.ulr means nothing to World: did you mean world.redis.url?",
            "property world.retention.workflows.order.complete means nothing to World: did you"
                + " mean world.retention.workflows.order.completed?",
            "property world.workers.enable means nothing to World: did you mean"
                + " world.workers.enabled?");
  }
}
