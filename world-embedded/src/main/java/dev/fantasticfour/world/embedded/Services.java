package dev.fantasticfour.world.embedded;

import dev.fantasticfour.world.api.config.EmbeddedServers;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The servers that the tests of this JVM share. Each is found or started once, when it is first
 * asked for, and a line on standard output then tells which it is.
 *
 * <p>Looked for in this order: an address in the environment ({@code WORKFLOW_POSTGRES_URL}; {@code
 * WORKFLOW_REDIS_URL} or {@code REDIS_URL}), containers where Testcontainers is on the class path
 * and an engine answers, an embedded server. An address that is given is used or is an error; it is
 * never passed over.
 */
public final class Services {
  private static final Services SHARED =
      new Services(System.getenv(), DockerEngine.of(System.getenv()), System.out);

  private final Map<String, String> environment;
  private final DockerEngine engine;
  private final PrintStream announcements;
  private @Nullable PostgresService postgres;
  private @Nullable RedisService redis;
  private @Nullable RuntimeException containerFailure;

  Services(Map<String, String> environment, DockerEngine engine, PrintStream announcements) {
    this.environment = Map.copyOf(environment);
    this.engine = engine;
    this.announcements = announcements;
  }

  /**
   * The PostgreSQL of this JVM.
   *
   * @throws EmbeddedServerException if there is none; says what was tried
   */
  public static PostgresService postgres() {
    return SHARED.findPostgres();
  }

  /**
   * The Redis of this JVM.
   *
   * @throws EmbeddedServerException if there is none; says what was tried
   */
  public static RedisService redis() {
    return SHARED.findRedis();
  }

  synchronized PostgresService findPostgres() {
    if (postgres == null) {
      String url = given("WORKFLOW_POSTGRES_URL");
      if (url != null) {
        PostgresUrl address = parsed("WORKFLOW_POSTGRES_URL", () -> PostgresUrl.parse(url));
        postgres = GivenPostgres.reach(address);
        announce("PostgreSQL", postgres.version(), "from WORKFLOW_POSTGRES_URL, " + address);
      } else {
        postgres =
            first(
                "PostgreSQL",
                "WORKFLOW_POSTGRES_URL",
                () -> GivenPostgres.reach(Containers.startPostgres()),
                () -> new OwnedPostgres(EmbeddedPostgres.start()),
                PostgresService::version);
      }
    }
    return postgres;
  }

  synchronized RedisService findRedis() {
    if (redis == null) {
      String variable = given("WORKFLOW_REDIS_URL") != null ? "WORKFLOW_REDIS_URL" : "REDIS_URL";
      String url = given(variable);
      if (url != null) {
        RedisUrl address = parsed(variable, () -> RedisUrl.parse(url));
        redis = GivenRedis.reach(address, url.strip());
        announce("Redis", redis.version(), "from " + variable + ", " + address);
      } else {
        redis =
            first(
                "Redis",
                "WORKFLOW_REDIS_URL",
                () -> {
                  RedisUrl address = Containers.startRedis();
                  return GivenRedis.reach(address, address.url());
                },
                () -> new OwnedRedis(EmbeddedRedis.start()),
                RedisService::version);
      }
    }
    return redis;
  }

  /** Container or embedded server, whichever can be started, in this order. */
  private <T> T first(
      String name,
      String variable,
      Supplier<T> container,
      Supplier<T> embedded,
      Function<T, String> version) {
    List<String> tried = new ArrayList<>();
    List<RuntimeException> reasons = new ArrayList<>();
    tried.add(variable + " is not set");
    if (!testcontainersIsPresent()) {
      tried.add("Testcontainers is not on the class path");
    } else if (containerFailure != null) {
      // Whatever kept the first container from starting would keep us waiting once more.
      tried.add("no container starts here: " + reason(containerFailure));
    } else if (!engine.answers()) {
      tried.add("no container engine answers at " + engine.addresses());
    } else {
      try {
        T service = container.get();
        announce(name, version.apply(service), "in a container");
        return service;
      } catch (RuntimeException e) {
        containerFailure = e;
        tried.add("its container does not start: " + reason(e));
        reasons.add(e);
      }
    }
    try {
      T service = embedded.get();
      announce(name, version.apply(service), "embedded; " + String.join("; ", tried));
      return service;
    } catch (EmbeddedServerException e) {
      tried.add("the embedded one does not start: " + e.getMessage());
      EmbeddedServerException none =
          new EmbeddedServerException("There is no " + name + ": " + String.join("; ", tried), e);
      reasons.forEach(none::addSuppressed);
      throw none;
    }
  }

  /** What the innermost cause says: those around it say that a container or an image was wanted. */
  private static String reason(RuntimeException failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    return failure.getMessage() + (cause == failure ? "" : " (" + message + ")");
  }

  private @Nullable String given(String variable) {
    String value = environment.get(variable);
    // Servers of a developer's folder are none for tests, which have some of this kind anyway.
    boolean isGiven =
        value != null && !value.isBlank() && !value.strip().equals(EmbeddedServers.WORD);
    return isGiven ? value : null;
  }

  private static <T> T parsed(String variable, Supplier<T> parsing) {
    try {
      return parsing.get();
    } catch (IllegalArgumentException e) {
      throw new EmbeddedServerException(variable + " is " + e.getMessage(), e);
    }
  }

  private void announce(String name, String version, String origin) {
    announcements.println("[services] " + name + " " + version + ": " + origin);
  }

  private static boolean testcontainersIsPresent() {
    try {
      Class.forName(
          "org.testcontainers.containers.GenericContainer", false, Services.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
