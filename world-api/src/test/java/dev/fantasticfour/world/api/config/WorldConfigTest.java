package dev.fantasticfour.world.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorldConfigTest {

  @Test
  void withoutVariablesEverythingIsAsDocumented() {
    WorldConfig config = WorldConfig.from(Map.of());

    assertThat(config).isEqualTo(WorldConfig.defaults());
    assertThat(config.connectionString()).isNull();
    assertThat(config.redis()).isEqualTo(RedisOptions.of("localhost", 6379));
    assertThat(config.jobPrefix()).isEqualTo("workflow_");
    assertThat(config.queueConcurrency()).isEqualTo(10);
    assertThat(config.maxActiveRuns()).isEqualTo(1_000);
    assertThat(config.maxParkedThreads()).isEqualTo(20_000);
    assertThat(config.maxStepBodies()).isEqualTo(256);
    assertThat(config.lease()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void everyVariableSetsItsOption() {
    WorldConfig config =
        WorldConfig.from(
            Map.ofEntries(
                Map.entry("WORKFLOW_POSTGRES_URL", "postgresql://u@h/d"),
                Map.entry("WORKFLOW_POSTGRES_REPLICA_URL", "postgresql://u@r/d"),
                Map.entry("WORKFLOW_POSTGRES_SCHEMA", "world"),
                Map.entry("WORKFLOW_POSTGRES_POOL_SIZE", "7"),
                Map.entry("WORKFLOW_POSTGRES_MIGRATE", "yes"),
                Map.entry("WORKFLOW_REDIS_URL", "redis://r:1"),
                Map.entry("WORKFLOW_POSTGRES_JOB_PREFIX", "p_"),
                Map.entry("WORKFLOW_APPLICATION", "app"),
                Map.entry("WORKFLOW_BUILD_ID", "b7"),
                Map.entry("WORKFLOW_POSTGRES_WORKER_CONCURRENCY", "3"),
                Map.entry("WORKFLOW_MAX_ACTIVE_RUNS", "4"),
                Map.entry("WORKFLOW_MAX_PARKED_THREADS", "0"),
                Map.entry("WORKFLOW_MAX_STEP_BODIES", "6"),
                Map.entry("WORKFLOW_HISTORY_WARNING", "8"),
                Map.entry("WORKFLOW_LEASE", "PT30S"),
                Map.entry("WORKFLOW_STORAGE", "s"),
                Map.entry("WORKFLOW_QUEUE", "q"),
                Map.entry("WORKFLOW_STREAMER", "t"),
                Map.entry("WORKFLOW_RETENTION", "completed=30d,failed=12w"),
                Map.entry("WORKFLOW_RETENTION_ARCHIVE", "/a"),
                Map.entry("WORKFLOW_H2_URL", "jdbc:h2:mem:a"),
                Map.entry("OTHER", "not ours")));

    assertThat(config)
        .isEqualTo(
            new WorldConfig(
                "postgresql://u@h/d",
                "postgresql://u@r/d",
                "world",
                7,
                true,
                RedisOptions.of("r", 1),
                "p_",
                "app",
                "b7",
                3,
                4,
                0,
                6,
                Duration.ofSeconds(30),
                8,
                "s",
                "q",
                "t",
                RetentionPolicy.of(
                    new RetentionRule(Duration.ofDays(30), Duration.ofDays(84), null, null)),
                "/a",
                Map.of("WORKFLOW_H2_URL", "jdbc:h2:mem:a")));
  }

  @Test
  void theRedisVariableOfWorldWinsOverTheGeneralOne() {
    Map<String, String> both =
        Map.of("REDIS_URL", "redis://general", "WORKFLOW_REDIS_URL", "redis://ours");

    assertThat(WorldConfig.from(both).redis()).isEqualTo(RedisOptions.of("ours", 6379));
    assertThat(WorldConfig.from(Map.of("REDIS_URL", "redis://general")).redis())
        .isEqualTo(RedisOptions.of("general", 6379));
  }

  @Test
  void aBlankVariableIsAsGoodAsNone() {
    assertThat(WorldConfig.from(Map.of("WORKFLOW_LEASE", "  "))).isEqualTo(WorldConfig.defaults());
  }

  @Test
  void aLeaseMayBeGivenInSeconds() {
    assertThat(WorldConfig.from(Map.of("WORKFLOW_LEASE", "25")).lease())
        .isEqualTo(Duration.ofSeconds(25));
  }

  @ParameterizedTest
  @CsvSource({
    "WORKFLOW_POSTGRES_WORKER_CONCURRENCY, ten, a whole number",
    "WORKFLOW_POSTGRES_WORKER_CONCURRENCY, 0, at least 1",
    "WORKFLOW_POSTGRES_WORKER_CONCURRENCY, 99999999999, a whole number",
    "WORKFLOW_POSTGRES_POOL_SIZE, 1, at least 4",
    "WORKFLOW_POSTGRES_MIGRATE, perhaps, true or false",
    "WORKFLOW_POSTGRES_SCHEMA, a schema; drop table, plain SQL name",
    "WORKFLOW_POSTGRES_JOB_PREFIX, a{b}, without braces",
    "WORKFLOW_MAX_PARKED_THREADS, -1, at least 0",
    "WORKFLOW_LEASE, soon, seconds",
    "WORKFLOW_LEASE, PT0.5S, PT1S to PT1H",
    "WORKFLOW_LEASE, PT2562047788015215H30M7S, PT1S to PT1H",
    "WORKFLOW_REDIS_URL, http://h, start with redis://",
    "REDIS_URL, http://h, start with redis://",
  })
  void aBadValueIsNamedWithItsVariableAndWhatItMustBe(String name, String value, String wanted) {
    assertThatThrownBy(() -> WorldConfig.from(Map.of(name, value)))
        .isInstanceOf(WorldException.class)
        .hasMessageContaining(name)
        .hasMessageContaining(value)
        .hasMessageContaining(wanted)
        .extracting(e -> ((WorldException) e).code())
        .isEqualTo(ErrorCode.INVALID_CONFIGURATION);
  }

  @Test
  void noPasswordIsInItsText() {
    WorldConfig config =
        WorldConfig.defaults()
            .withConnectionString("postgresql://ann:geheim@h/d?sslpassword=geheim")
            .withRedis(RedisOptions.ofUrl("redis://:geheim@h"));

    assertThat(config.toString()).contains("ann", "***").doesNotContain("geheim");
  }

  @Test
  void changingOneOptionLeavesTheOthersAsTheyWere() {
    WorldConfig changed = WorldConfig.inMemory().withQueueConcurrency(3).withSchema("s");

    assertThat(changed.withQueueConcurrency(10).withSchema("public"))
        .isEqualTo(WorldConfig.inMemory());
  }

  @Test
  void aSettingOfAnotherAdapterIsHandedToIt() {
    WorldConfig config = WorldConfig.from(Map.of("WORKFLOW_H2_URL", " jdbc:h2:mem:a "));

    assertThat(config.requireSetting("WORKFLOW_H2_URL")).isEqualTo("jdbc:h2:mem:a");
  }

  @Test
  void aSettingThatIsMissingIsNamed() {
    assertThatThrownBy(() -> WorldConfig.defaults().requireSetting("WORKFLOW_H2_URL"))
        .hasMessageContaining("WORKFLOW_H2_URL")
        .extracting(e -> ((WorldException) e).code())
        .isEqualTo(ErrorCode.INVALID_CONFIGURATION);
  }

  @Test
  void settingsMayHoldSecretsAndAreNotShown() {
    assertThat(WorldConfig.defaults().withSettings(Map.of("WORKFLOW_H2_URL", "geheim")).toString())
        .doesNotContain("geheim");
  }

  @ParameterizedTest
  @CsvSource({
    "WORKFLOW_POSTGRESS_SCHEMA, WORKFLOW_POSTGRES_SCHEMA",
    "WORKFLOW_POSTGRE_URL, WORKFLOW_POSTGRES_URL",
    "WORKFLOW_REDIS_URI, WORKFLOW_REDIS_URL",
    "WORKLFOW_LEASE, WORKFLOW_LEASE",
    "WORKFLOW_STORGE, WORKFLOW_STORAGE"
  })
  void aVariableThatIsMisspeltIsRefusedWithTheOneThatWasMeant(String typed, String meant) {
    assertThatThrownBy(() -> WorldConfig.from(Map.of(typed, "secret")))
        .isInstanceOf(WorldException.class)
        .hasMessageContaining(typed)
        .hasMessageContaining(meant)
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"WORKFLOW_H2_URL", "WORKFLOW_REDIS_PORT_6379_TCP", "REDIS_URI", "REDIS_URL2"})
  void aVariableOfSomebodyElseIsNone(String name) {
    assertThat(WorldConfig.from(Map.of(name, "x"))).isNotNull();
  }

  private static String prefix(String url, String schema) {
    return WorldConfig.defaults().withConnectionString(url).withSchema(schema).jobPrefix();
  }

  @Test
  void theKeysOfTwoDatabasesOrSchemasDoNotMeet() {
    assertThat(prefix("postgresql://app:p@db:5432/orders?ssl=true", "public"))
        .isEqualTo("workflow_orders_")
        .isEqualTo(prefix("postgresql://other:x/y?z@pooler:6432/orders", "public"))
        .isEqualTo(prefix("jdbc:postgresql://db1,db2/orders?user=a@b&socket=/tmp/x", "public"));
    assertThat(prefix("postgresql://app:p@db/bills", "public")).isEqualTo("workflow_bills_");
    assertThat(prefix("postgresql://app:p@db/orders", "bills")).isEqualTo("workflow_orders.bills_");
    assertThat(prefix("postgresql://db", "public")).isEqualTo("workflow_");
    assertThat(prefix("jdbc:postgresql:orders", "public")).isEqualTo("workflow_orders_");
    assertThat(prefix("postgresql://db/a%20b", "public")).isEqualTo("workflow_a-20b_");
  }

  @Test
  void aPrefixThatIsGivenIsTaken() {
    WorldConfig config = WorldConfig.defaults().withJobPrefix("mine_");

    assertThat(config.withConnectionString("postgresql://db/orders").jobPrefix())
        .isEqualTo("mine_");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {WorldConfig.POSTGRES_URL, WorldConfig.REDIS_URL, WorldConfig.REDIS_URL_FALLBACK})
  void serversOfADeveloperAreRefusedWhereNothingStartsThem(String variable) {
    assertThatThrownBy(() -> WorldConfig.from(Map.of(variable, "embedded")))
        .isInstanceOf(WorldException.class)
        .hasMessageContaining(variable + " is embedded")
        .hasMessageContaining("world-embedded");
  }
}
