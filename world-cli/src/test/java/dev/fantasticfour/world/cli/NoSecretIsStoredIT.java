package dev.fantasticfour.world.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.RunView;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.RedisOptions;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.cli.server.Reach;
import dev.fantasticfour.world.embedded.Services;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What World has to say of tokens and addresses ends in its tables as well, as the error of a step
 * or a run, and as the reason why one stands. Anybody with SELECT reads it there.
 */
class NoSecretIsStoredIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final WorkflowType<Integer, String> CONFLICT =
      WorkflowType.of("conflict", Integer.class, String.class);
  private static final WorkflowType<Integer, String> NOBODY =
      WorkflowType.of("nobody", Integer.class, String.class);
  private static final WorkflowType<Integer, String> ADDRESS =
      WorkflowType.of("address", Integer.class, String.class);
  private static final WorkflowType<Integer, String> CHANGED =
      WorkflowType.of("changed", Integer.class, String.class);
  private static final HookType<String> ANSWER = HookType.of("answer", String.class);
  private static final HookType<String> CHANGING = HookType.of("changing", String.class);
  private static final StepType<Integer, String> QUEUED =
      StepType.of("queued", Integer.class, String.class).attempts(2).queued();

  /** Runs know a secret by its place here, so that no input of theirs holds one. */
  private final List<String> secrets = OddSecrets.all().toList();

  private WorldConfig config;
  private World outside;

  @BeforeEach
  void configure() throws Exception {
    config =
        WorldConfig.defaults()
            .withConnectionString(Services.postgres().freshDatabase())
            .withRedis(RedisOptions.ofUrl(Services.redis().url()))
            .withJobPrefix("secrets_" + UUID.randomUUID() + "_")
            .withMigrateOnStart(true);
    outside = World.create(config, w -> {});
  }

  @AfterEach
  void close() {
    outside.close();
  }

  private World world(String build, String differently) {
    World world =
        World.create(
            config.withBuildId(build),
            w ->
                w.register(
                        CONFLICT,
                        (ctx, n) -> {
                          Hook<String> first = ctx.hook(ANSWER, secrets.get(n));
                          Hook<String> second = ctx.hook(ANSWER, secrets.get(n));
                          return first.id() + second.id();
                        })
                    .register(
                        NOBODY,
                        (ctx, n) ->
                            ctx.step("tell", String.class, o -> o.attempts(1), s -> tellNobody(n)))
                    .register(ADDRESS, (ctx, n) -> ctx.step(QUEUED, n))
                    .register(QUEUED, (s, n) -> open(n, s.attempt() == 1))
                    .register(
                        CHANGED,
                        (ctx, n) ->
                            ctx.hook(CHANGING, differently + "changing " + secrets.get(n))
                                .await()));
    world.start();
    return world;
  }

  /** A body that asks for what is not there. */
  private String tellNobody(int n) {
    outside.client().resume(CHANGING, "no " + secrets.get(n), "nobody waits");
    return "somebody did";
  }

  /** Neither address can be read: PostgreSQL's the first time, then that of Redis. */
  private String open(int n, boolean first) {
    String secret = secrets.get(n);
    Map<String, String> variables =
        first
            ? Map.of(
                WorldConfig.POSTGRES_URL, "postgresql://ada:" + secret + "@127.0.0.1:99999/app")
            : Map.of(
                "WORKFLOW_STORAGE",
                "memory",
                WorldConfig.REDIS_URL,
                "redis://ada:" + secret + "@127.0.0.1:port/first");
    try (World other = World.create(WorldConfig.from(variables), w -> {})) {
      return "opened " + other;
    }
  }

  @Test
  void ofTokensAndPasswords() throws Exception {
    List<Run<String>> changed = new ArrayList<>();
    try (World world = world("one", "")) {
      List<Run<String>> failing = new ArrayList<>();
      for (int n = 0; n < secrets.size(); n++) {
        changed.add(world.client().start(CHANGED, n));
        failing.add(world.client().start(CONFLICT, n));
        failing.add(world.client().start(NOBODY, n));
        failing.add(world.client().start(ADDRESS, n));
      }
      for (Run<String> run : failing) {
        assertThat(catchThrowable(() -> run.result(PATIENCE))).isNotNull();
        assertThat(run.view()).isInstanceOf(RunView.Failed.class);
      }
      for (Run<String> run : changed) {
        run.awaitHook(CHANGING, PATIENCE);
      }
    }
    try (World world = world("two", "not ")) {
      for (int n = 0; n < secrets.size(); n++) {
        world.client().resume(CHANGING, "changing " + secrets.get(n), "yes");
      }
      for (Run<String> run : changed) {
        awaitStanding(world.client().run(CHANGED, run.id()));
      }
    }
    assertNothingIsStored();
  }

  private static void awaitStanding(Run<String> run) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!(run.view() instanceof RunView.Stalled)) {
      assertThat(System.nanoTime()).as("%s", run.view()).isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private List<String> rows(String query) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = Reach.postgres(config);
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      while (found.next()) {
        rows.add(found.getString(1));
      }
    }
    return rows;
  }

  /** Tokens are kept in the columns of that name, which is what hooks are found by. */
  private void assertNothingIsStored() throws Exception {
    List<String> tables =
        rows(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
                + " ORDER BY 1");
    assertThat(tables)
        .contains("workflow_runs", "workflow_steps", "workflow_events", "workflow_hooks");
    for (String table : tables) {
      List<String> rows = rows("SELECT (to_jsonb(t) - 'token')::text FROM " + table + " t");
      assertThat(rows)
          .as("rows of %s", table)
          .allSatisfy(row -> assertThat(row).doesNotContain(OddSecrets.MARKS));
    }
    assertThat(rows("SELECT error::text FROM workflow_runs WHERE error IS NOT NULL"))
        .hasSize(3 * secrets.size());
    assertThat(rows("SELECT error::text FROM workflow_steps WHERE attempt > 0"))
        .hasSize(2 * secrets.size());
    assertThat(rows("SELECT stalled_reason FROM workflow_custody WHERE stalled_at IS NOT NULL"))
        .hasSize(secrets.size());
  }
}
