package dev.fantasticfour.world.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.RunView;
import dev.fantasticfour.world.api.config.RedisOptions;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.embedded.Services;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A run is begun by one build and found by another, whose code no longer fits its log. */
@Timeout(60)
class TwoBuildsIT {

  private static final WorkflowType<String, String> ORDER =
      WorkflowType.of("order", String.class, String.class);
  private static final HookType<String> PAID = HookType.of("paid", String.class);

  private WorldConfig config;
  private CountedWorld changed;
  private Run<String> run;

  private CountedWorld build(String id, String firstStep) {
    return CountedWorld.started(
        config.withBuildId(id), w -> w.register(ORDER, (ctx, order) -> order(ctx, firstStep)));
  }

  private static String order(WorkflowContext ctx, String firstStep) {
    String first = ctx.step(firstStep, String.class, s -> firstStep + " done");
    try (Hook<String> paid = ctx.hook(PAID, "order")) {
      return first + ", paid " + paid.await();
    }
  }

  @BeforeEach
  void changeTheCodeOfARunThatWaits() throws Exception {
    config =
        WorldConfig.defaults()
            .withConnectionString(Services.postgres().freshDatabase())
            .withRedis(RedisOptions.ofUrl(Services.redis().url()))
            .withJobPrefix("builds_" + UUID.randomUUID() + "_")
            .withMigrateOnStart(true);
    String id;
    try (CountedWorld first = build("one", "reserve")) {
      Run<String> begun = first.client().start(ORDER, "x");
      begun.awaitHook(PAID, Until.PATIENCE);
      id = begun.id();
    }
    changed = build("two", "hold");
    run = changed.client().run(ORDER, id);
    changed.client().resume(PAID, "order", "in time");
    Until.holds("it stands", () -> run.view() instanceof RunView.Stalled);
  }

  @AfterEach
  void close() {
    changed.close();
  }

  @Test
  void aRunThatCodeNoLongerFitsStandsAndSaysWhereAndWhy() {
    assertThat(run.view())
        .isInstanceOfSatisfying(
            RunView.Stalled.class,
            stalled -> {
              assertThat(stalled.reason()).contains("reserve", "hold");
              assertThat(stalled.run().status()).isEqualTo(RunStatus.RUNNING);
            });
  }

  @Test
  void theBuildThatDoesNotFitLeavesItAlone() throws Exception {
    long claims = changed.storage().of("claim");

    changed.statementsIn(Duration.ofSeconds(2));

    assertThat(changed.storage().of("claim")).isEqualTo(claims);
  }

  @Test
  void aBuildThatFitsGoesOnByItself() {
    try (CountedWorld fitting = build("three", "reserve")) {
      assertThat(run.result(Until.PATIENCE)).isEqualTo("reserve done, paid in time");
      assertThat(fitting.storage().of("claim")).isPositive();
    }
  }
}
