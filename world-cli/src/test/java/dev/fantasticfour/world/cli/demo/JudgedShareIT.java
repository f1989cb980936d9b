package dev.fantasticfour.world.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.config.RedisOptions;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.engine.EngineWorld;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.engine.node.Registry;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.embedded.Services;
import dev.fantasticfour.world.postgres.PostgresStorage;
import dev.fantasticfour.world.postgres.PostgresStorageOpener;
import dev.fantasticfour.world.redis.guice.RedisQueueProvider;
import dev.fantasticfour.world.redis.guice.RedisStreamerProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That what the demo does takes the quick way of the append, not the one that explains. */
@Timeout(60)
class JudgedShareIT {

  private static final int ORDERS = 30;
  private static final double MOST = 0.01;

  @Test
  void theBatchesOfTheDemoAreHardlyEverJudged() throws Exception {
    WorldConfig config =
        WorldConfig.defaults()
            .withConnectionString(Services.postgres().freshDatabase())
            .withRedis(RedisOptions.ofUrl(Services.redis().url()))
            .withJobPrefix("judged_" + UUID.randomUUID() + "_")
            .withMigrateOnStart(true);
    PostgresStorage storage = new PostgresStorageOpener(config).open();
    Registry registry = new Registry();
    try (Audit audit = Audit.open(config);
        BodyJournal journal = new BodyJournal(config, "here")) {
      registry
          .register(DemoWorkflow.TYPE, new DemoWorkflow(journal))
          .register(
              DemoWorkflow.CHARGE, (step, order) -> DemoWorkflow.charge(journal, step, order));
      EngineWorld world =
          new EngineWorld(
              config,
              storage,
              new RedisQueueProvider().open(config),
              new RedisStreamerProvider().open(config),
              new JacksonPayloadCodec(),
              IdSource.of(new SystemMachine()),
              registry,
              new SystemMachine());
      try {
        work(world);
        assertThat(audit.progress().completed()).isEqualTo(ORDERS);
      } finally {
        world.close(Duration.ofSeconds(1));
      }
    }
    assertThat(storage.appendCounts().batches()).isGreaterThan(ORDERS * 8L);
    assertThat(storage.appendCounts().judgedShare()).isLessThan(MOST);
  }

  private static void work(EngineWorld world) {
    world.start();
    Approvals approvals = new Approvals(world.client(), Set.of());
    approvals.approveEverybody();
    Thread approving = Thread.ofPlatform().daemon().start(approvals);
    List<Run<DemoReceipt>> runs = new ArrayList<>();
    for (int i = 0; i < ORDERS; i++) {
      runs.add(world.client().start(DemoWorkflow.TYPE, DemoOrder.of(i)));
    }
    runs.forEach(run -> assertThat(run.result(Duration.ofSeconds(50))).isNotNull());
    approving.interrupt();
  }
}
