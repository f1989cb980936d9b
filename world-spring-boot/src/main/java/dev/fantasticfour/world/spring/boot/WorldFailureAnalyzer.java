package dev.fantasticfour.world.spring.boot;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.spring.WorldSetupException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** Says why a context did not start with what World says of its servers and its settings. */
final class WorldFailureAnalyzer extends AbstractFailureAnalyzer<WorldException> {

  private static final String MIGRATE = "world migrate";

  /** World speaks of variables; this application has properties. */
  private static final Map<String, String> PROPERTIES =
      Map.of(
          "storage (WORKFLOW_STORAGE)", "world.storage",
          "queue (WORKFLOW_QUEUE)", "world.queue",
          "streamer (WORKFLOW_STREAMER)", "world.streamer",
          "WORKFLOW_POSTGRES_REPLICA_URL", "world.postgres.replica-url",
          "WORKFLOW_POSTGRES_SCHEMA", "world.postgres.schema",
          "WORKFLOW_REDIS_URL", "world.redis.url");

  private final String postgres;

  /** Made by Spring Boot. */
  WorldFailureAnalyzer(Environment environment) {
    this.postgres =
        environment.containsProperty("world.postgres.url")
            ? "world.postgres.url"
            : "spring.datasource.url";
  }

  @Override
  protected @Nullable FailureAnalysis analyze(Throwable rootFailure, WorldException cause) {
    if (findCause(rootFailure, WorldSetupException.class) != null) {
      // It names the property, and another analyzer says so.
      return null;
    }
    String said = inProperties(String.valueOf(cause.getMessage()));
    if (cause.code() == ErrorCode.UNAVAILABLE) {
      return new FailureAnalysis(
          "World could not be started: " + said,
          "See that the server runs and can be reached from here, or let the application start"
              + " without it: world.startup=retry.",
          cause);
    }
    if (cause.code() == ErrorCode.INVALID_CONFIGURATION) {
      return new FailureAnalysis(
          "World could not be started: " + said,
          said.contains(MIGRATE)
              ? "Run `"
                  + MIGRATE
                  + "` against that database before you roll the application out, or let it create"
                  + " the tables itself: world.postgres.migrate=true."
              : "Change the setting that is named above.",
          cause);
    }
    return null;
  }

  private String inProperties(String message) {
    String text = message;
    for (Map.Entry<String, String> name : PROPERTIES.entrySet()) {
      text = text.replace(name.getKey(), name.getValue());
    }
    return text.replace("WORKFLOW_POSTGRES_URL", postgres);
  }
}
