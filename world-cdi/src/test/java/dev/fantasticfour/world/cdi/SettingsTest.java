package dev.fantasticfour.world.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.config.WorldConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigBuilder;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.Converter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a process is told, by properties and by variables. */
class SettingsTest {

  @AfterEach
  void nobodyConfigures() {
    ConfigProviderResolver.setInstance(null);
  }

  /** A server whose configuration is that. */
  private static void configured(Map<String, String> properties) {
    ConfigProviderResolver.setInstance(new Fixed(properties));
  }

  @Test
  void propertiesAreTheVariablesInSmallLettersWithDots() {
    configured(
        Map.of(
            "workflow.postgres.url", "postgresql://db/x",
            "workflow.max-active-runs", "7",
            "workflow.retention", "completed=30d",
            "workflow.h2.url", "jdbc:h2:mem:x",
            "quarkus.http.port", "8080"));

    WorldConfig config = Settings.config();

    assertThat(config.connectionString()).isEqualTo("postgresql://db/x");
    assertThat(config.maxActiveRuns()).isEqualTo(7);
    assertThat(String.valueOf(config.retention())).contains("completed");
    assertThat(config.settings()).isEqualTo(Map.of("WORKFLOW_H2_URL", "jdbc:h2:mem:x"));
  }

  @Test
  void whatStandsThereAsAVariableAndAsAPropertyIsAskedForAsAProperty() {
    configured(
        Map.of("WORKFLOW_APPLICATION", "of the environment", "workflow.application", "asked"));
    assertThat(Settings.config().application()).isEqualTo("asked");
  }

  @Test
  void workersAreThereUnlessSomebodySaysNo() {
    WorldConfig plain = WorldConfig.defaults();
    assertThat(Settings.hasWorkers(plain)).isTrue();
    assertThat(Settings.hasWorkers(plain.withSettings(Map.of(Settings.WORKERS, "false"))))
        .isFalse();
    assertThatThrownBy(
            () -> Settings.hasWorkers(plain.withSettings(Map.of(Settings.WORKERS, "maybe"))))
        .hasMessage("WORKFLOW_WORKERS_ENABLED must be true or false; is 'maybe'");
  }

  /** Of MicroProfile Config as much as is asked for. */
  private static final class Fixed extends ConfigProviderResolver implements Config {

    private final Map<String, String> properties;

    Fixed(Map<String, String> properties) {
      this.properties = properties;
    }

    @Override
    public Config getConfig() {
      return this;
    }

    @Override
    public Iterable<String> getPropertyNames() {
      return properties.keySet();
    }

    @Override
    public <T> Optional<T> getOptionalValue(String name, Class<T> type) {
      return Optional.ofNullable(properties.get(name)).map(type::cast);
    }

    @Override
    public <T> T getValue(String name, Class<T> type) {
      return getOptionalValue(name, type).orElseThrow();
    }

    @Override
    public ConfigValue getConfigValue(String name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Iterable<ConfigSource> getConfigSources() {
      return List.of();
    }

    @Override
    public <T> Optional<Converter<T>> getConverter(Class<T> type) {
      return Optional.empty();
    }

    @Override
    public <T> T unwrap(Class<T> type) {
      return type.cast(this);
    }

    @Override
    public Config getConfig(ClassLoader loader) {
      return this;
    }

    @Override
    public ConfigBuilder getBuilder() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void registerConfig(Config config, ClassLoader loader) {}

    @Override
    public void releaseConfig(Config config) {}
  }
}
