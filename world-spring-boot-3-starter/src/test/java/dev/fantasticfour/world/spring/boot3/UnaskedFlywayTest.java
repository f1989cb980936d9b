package dev.fantasticfour.world.spring.boot3;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.DefaultResourceLoader;

/** The Flyway that Spring Boot 3.5 would start because World brings its jar. */
class UnaskedFlywayTest {

  private static String enabled(ClassLoader loader, Map<String, Object> properties) {
    StandardEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().addLast(new MapPropertySource("given", properties));
    SpringApplication application =
        new SpringApplication(new DefaultResourceLoader(loader), UnaskedFlywayTest.class);
    new UnaskedFlyway().postProcessEnvironment(environment, application);
    return environment.getProperty("spring.flyway.enabled", "as Spring Boot decides");
  }

  @Test
  void itStaysOffWhereNobodyAskedForIt() {
    assertThat(enabled(getClass().getClassLoader(), Map.of())).isEqualTo("false");
  }

  @Test
  void whoeverConfiguresItHasIt() {
    assertThat(enabled(getClass().getClassLoader(), Map.of("spring.flyway.enabled", "true")))
        .isEqualTo("true");
    assertThat(
            enabled(getClass().getClassLoader(), Map.of("SPRING_FLYWAY_URL", "jdbc:postgresql:x")))
        .isEqualTo("as Spring Boot decides");
  }

  @Test
  void whoeverHasMigrationsHasIt(@TempDir Path classes) throws Exception {
    Files.createDirectories(classes.resolve("db/migration"));
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
      assertThat(enabled(loader, Map.of())).isEqualTo("as Spring Boot decides");
    }
  }
}
