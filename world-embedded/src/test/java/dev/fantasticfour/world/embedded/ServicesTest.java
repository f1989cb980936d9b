package dev.fantasticfour.world.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServicesTest {
  private static final DockerEngine NO_ENGINE =
      new DockerEngine(List.of(UnixDomainSocketAddress.of(Path.of("/nonexistent/docker.sock"))));

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final PrintStream announcements = new PrintStream(said, true, StandardCharsets.UTF_8);

  @Test
  void withoutAddressAndEngineTheServersAreEmbeddedAndShared() throws SQLException {
    Services services = new Services(Map.of(), NO_ENGINE, announcements);
    PostgresService postgres = services.findPostgres();
    RedisService redis = services.findRedis();

    assertThat(services.findPostgres()).isSameAs(postgres);
    assertThat(services.findRedis()).isSameAs(redis);
    assertThat(said.toString(StandardCharsets.UTF_8).lines())
        .hasSize(2)
        .anyMatch(
            line -> line.startsWith("[services] PostgreSQL " + postgres.version() + ": embedded"))
        .anyMatch(line -> line.startsWith("[services] Redis " + redis.version() + ": embedded"));

    String one = postgres.freshDatabase();
    String other = postgres.freshDatabase();
    assertThat(one).isNotEqualTo(other);
    assertThat(PostgresUrl.parse(one).askVersion()).isEqualTo(postgres.version());

    ServerControl control = redis.control().orElseThrow();
    control.stop();
    control.start();
    control.pause();
    control.resume();
    ServerControl postgresControl = postgres.control().orElseThrow();
    postgresControl.pause();
    postgresControl.resume();
    postgresControl.stop();
    postgresControl.start();
    assertThat(PostgresUrl.parse(one).askVersion()).isEqualTo(postgres.version());
  }

  @Test
  void addressesOfTheEnvironmentAreUsedAndWhatIsMadeThereIsRemoved() throws SQLException {
    try (EmbeddedPostgres running = EmbeddedPostgres.start();
        EmbeddedRedis cache =
            EmbeddedRedis.start(RedisServerOptions.defaults().withPassword("secret"))) {
      Map<String, String> environment =
          Map.of("WORKFLOW_POSTGRES_URL", running.url(), "REDIS_URL", cache.url());
      Services services = new Services(environment, NO_ENGINE, announcements);
      PostgresService postgres = services.findPostgres();
      assertThat(postgres.url()).isEqualTo(running.url());
      assertThat(postgres.version()).isEqualTo(running.version());
      assertThat(postgres.control()).isEmpty();
      assertThat(services.findRedis().url()).isEqualTo(cache.url());
      assertThat(services.findRedis().version()).isEqualTo(cache.version());
      assertThat(said.toString(StandardCharsets.UTF_8))
          .contains("from WORKFLOW_POSTGRES_URL, postgresql://postgres:***@127.0.0.1")
          .contains("from REDIS_URL, redis://:***@127.0.0.1")
          .doesNotContain("secret")
          .doesNotContain(PostgresUrl.parse(running.url()).password());

      PostgresUrl fresh = PostgresUrl.parse(postgres.freshDatabase());
      fresh.askVersion();
      ((GivenPostgres) postgres).dropWhatWeMade();
      assertThatThrownBy(fresh::askVersion).hasMessageContaining("does not exist");
    }
  }

  @Test
  void anAddressThatDoesNotAnswerIsAnErrorThatHidesThePassword() {
    String free = "127.0.0.1:" + FreePort.find();
    Map<String, String> environment =
        Map.of(
            "WORKFLOW_POSTGRES_URL", "postgresql://me:hidden@" + free + "/db",
            "WORKFLOW_REDIS_URL", "redis://:hidden@" + free);
    Services services = new Services(environment, NO_ENGINE, announcements);
    assertThatThrownBy(services::findPostgres)
        .isInstanceOf(EmbeddedServerException.class)
        .hasMessage("PostgreSQL cannot be reached at postgresql://me:***@" + free + "/db");
    assertThatThrownBy(services::findRedis)
        .isInstanceOf(EmbeddedServerException.class)
        .hasMessage("Redis cannot be reached at redis://:***@" + free);
  }

  @Test
  void anAddressThatIsNoneIsAnErrorThatNamesTheVariable() {
    Map<String, String> environment =
        Map.of("WORKFLOW_POSTGRES_URL", "jdbc:hidden", "WORKFLOW_REDIS_URL", "hid den");
    Services services = new Services(environment, NO_ENGINE, announcements);
    assertThatThrownBy(services::findPostgres)
        .isInstanceOf(EmbeddedServerException.class)
        .hasMessageContaining("WORKFLOW_POSTGRES_URL is not a URL like postgresql://")
        .hasMessageNotContaining("hidden");
    assertThatThrownBy(services::findRedis)
        .hasMessageContaining("WORKFLOW_REDIS_URL is not a URL like redis://")
        .hasMessageNotContaining("hid den");
  }
}
