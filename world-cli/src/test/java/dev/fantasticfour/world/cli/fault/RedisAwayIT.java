package dev.fantasticfour.world.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.cli.fault.Story.Told;
import dev.fantasticfour.world.embedded.EmbeddedRedis;
import dev.fantasticfour.world.embedded.Services;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Redis is killed before the first run is started, and does not come back. */
@Timeout(150)
class RedisAwayIT {

  private static final int RUNS = 30;

  @TempDir static Path logs;
  private static final EmbeddedRedis REDIS = EmbeddedRedis.start();
  private static Stage stage;
  private static List<CompletableFuture<Told>> results;

  @BeforeAll
  static void takeRedisAway() throws Exception {
    stage = new Stage(Services.postgres().freshDatabase(), REDIS.url(), logs);
    stage.starting("first");
    stage.starting("second").awaitReady();
    REDIS.kill();
    Crowd crowd = new Crowd(stage, "away", RUNS);
    results = crowd.start().stream().map(Run::resultAsync).toList();
    crowd.answerUntil(RUNS);
  }

  @AfterAll
  static void close() throws Exception {
    stage.close();
    REDIS.close();
  }

  @Test
  void everyRunCompletes() throws Exception {
    Until.holds("all are completed", () -> stage.evidence().runs("completed") == RUNS);
  }

  @Test
  void everyResultArrives() {
    long asked = System.nanoTime();
    assertThat(results).allSatisfy(result -> assertThat(result).succeedsWithin(Until.PATIENCE));
    System.out.println(
        "[faults] without Redis results arrived after "
            + Duration.ofNanos(System.nanoTime() - asked));
  }

  @Test
  void nothingForbiddenHasHappened() throws Exception {
    assertThat(stage.evidence().faults()).isEmpty();
  }
}
