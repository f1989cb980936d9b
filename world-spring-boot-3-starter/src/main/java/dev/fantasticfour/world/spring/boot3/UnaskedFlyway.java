package dev.fantasticfour.world.spring.boot3;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;

/**
 * Keeps the Flyway of the application off where nobody asked for it. Spring Boot 3.5 migrates the
 * database of every application that has Flyway's jar, and this one has it for World's own
 * migrations, which are none of the application's: the start would fail on a database with tables
 * and without a history. Whoever has {@code db/migration}, or sets anything under {@code
 * spring.flyway}, is left alone.
 */
final class UnaskedFlyway implements EnvironmentPostProcessor {

  private static final String PREFIX = "spring.flyway.";
  private static final String MIGRATIONS = "db/migration";

  /** Made by Spring Boot. */
  UnaskedFlyway() {}

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    if (!isAskedFor(environment, application.getClassLoader())) {
      environment
          .getPropertySources()
          .addLast(new MapPropertySource("worldFlyway", Map.of(PREFIX + "enabled", "false")));
    }
  }

  private static boolean isAskedFor(ConfigurableEnvironment environment, ClassLoader loader) {
    return loader.getResource(MIGRATIONS) != null
        || environment.getPropertySources().stream()
            .filter(EnumerablePropertySource.class::isInstance)
            .map(EnumerablePropertySource.class::cast)
            .flatMap(source -> java.util.Arrays.stream(source.getPropertyNames()))
            .anyMatch(
                name ->
                    name.toLowerCase(java.util.Locale.ROOT).replace('_', '.').startsWith(PREFIX));
  }
}
