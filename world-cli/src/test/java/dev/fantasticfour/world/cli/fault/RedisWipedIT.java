package dev.fantasticfour.world.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.cli.fault.Story.Told;
import dev.fantasticfour.world.embedded.EmbeddedRedis;
import dev.fantasticfour.world.embedded.Services;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Redis loses all it has, twice, and is away for a moment, in full flight of a hundred runs. */
@Timeout(150)
class RedisWipedIT {

  private static final int RUNS = 100;

  @TempDir static Path logs;
  private static final EmbeddedRedis REDIS = EmbeddedRedis.start();
  private static Stage stage;
  private static List<Run<Told>> runs;

  @BeforeAll
  static void wipeRedis() throws Exception {
    stage = new Stage(Services.postgres().freshDatabase(), REDIS.url(), logs);
    stage.starting("first");
    stage.starting("second").awaitReady();
    Crowd crowd = new Crowd(stage, "wiped", RUNS);
    CompletableFuture<List<Run<Told>>> starting =
        CompletableFuture.supplyAsync(Unchecked.of(crowd::start));
    crowd.answerUntil(RUNS / 4);
    REDIS.flushAll();
    crowd.answerUntil(RUNS / 2);
    REDIS.kill();
    crowd.answerUntil(RUNS / 2 + RUNS / 10);
    REDIS.startAgain();
    crowd.answerUntil(RUNS);
    runs = starting.get();
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
    assertThat(runs)
        .allSatisfy(run -> assertThat(run.result(Until.PATIENCE).answers()).containsExactly("yes"));
  }

  @Test
  void nothingForbiddenHasHappened() throws Exception {
    assertThat(stage.evidence().faults()).isEmpty();
  }
}
