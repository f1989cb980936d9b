package dev.fantasticfour.world.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void startServer() {
    postgres = EmbeddedPostgres.start();
  }

  @AfterAll
  static void closeServer() {
    postgres.close();
    assertThat(postgres.home()).doesNotExist();
  }

  @Test
  void aStartedServerIsDurableAndTakesManyConnections() throws SQLException {
    assertThat(ask(postgres.jdbcUrl(), "show fsync")).isEqualTo("on");
    assertThat(ask(postgres.jdbcUrl(), "show synchronous_commit")).isEqualTo("on");
    assertThat(ask(postgres.jdbcUrl(), "show full_page_writes")).isEqualTo("on");
    assertThat(ask(postgres.jdbcUrl(), "show max_connections")).isEqualTo("200");
    assertThat(ask(postgres.jdbcUrl(), "show server_version")).startsWith(postgres.version());
    assertThat(postgres.version()).matches("[0-9]+\\.[0-9]+");
  }

  @Test
  void theAddressHasUserPasswordHostPortAndDatabase() {
    assertThat(postgres.url())
        .matches("postgresql://postgres:[A-Za-z0-9_-]{24}@127\\.0\\.0\\.1:[0-9]+/postgres")
        .contains("@" + postgres.host() + ":" + postgres.port() + "/");
  }

  @Test
  void aWrongPasswordIsRefused() {
    String wrong = postgres.jdbcUrl().replaceFirst("password=[^&]*", "password=wrong");
    assertThatThrownBy(() -> ask(wrong, "select 1")).hasMessageContaining("password");
  }

  @Test
  void aCreatedDatabaseIsEmptyAndItsOwn() throws SQLException {
    String url = postgres.createDatabase("own_one");
    String jdbc = PostgresUrl.parse(url).jdbcUrl();
    assertThat(ask(jdbc, "select current_database()")).isEqualTo("own_one");
    assertThatThrownBy(() -> postgres.createDatabase("own_one"))
        .isInstanceOf(EmbeddedServerException.class)
        .hasMessageContaining("own_one")
        .hasMessageNotContaining(PostgresUrl.parse(url).password());
    assertThatThrownBy(() -> postgres.createDatabase("no\"quotes"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void committedDataSurviveAnImmediateRestartOnTheSamePort() throws SQLException {
    String jdbc = PostgresUrl.parse(postgres.createDatabase("restarted")).jdbcUrl();
    int port = postgres.port();
    run(jdbc, "create table kept (n int)", "insert into kept values (42)");
    postgres.restartImmediate();
    assertThat(postgres.port()).isEqualTo(port);
    assertThat(ask(jdbc, "select n from kept")).isEqualTo("42");
  }

  @Test
  void aStoppedServerRefusesConnectionsUntilItIsStartedAgain() throws SQLException {
    postgres.stopImmediate();
    postgres.stopImmediate();
    assertThat(postgres.isRunning()).isFalse();
    assertThatThrownBy(() -> ask(postgres.jdbcUrl(), "select 1")).hasMessageContaining("refused");
    postgres.startAgain();
    assertThat(ask(postgres.jdbcUrl(), "select 1")).isEqualTo("1");
    assertThatThrownBy(postgres::startAgain)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("runs already");
  }

  @Test
  void aPausedServerIsSilentUntilItIsResumed() throws SQLException {
    try (Connection open = DriverManager.getConnection(postgres.jdbcUrl() + "&socketTimeout=1");
        Statement statement = open.createStatement()) {
      statement.execute("select 1");
      postgres.pause();
      try {
        assertThatThrownBy(() -> statement.execute("select 1")).isInstanceOf(SQLException.class);
      } finally {
        postgres.resume();
      }
    }
    assertThat(ask(postgres.jdbcUrl(), "select 1")).isEqualTo("1");
  }

  @Test
  void aPausedServerCanBeRestarted() throws SQLException {
    postgres.pause();
    postgres.restartImmediate();
    assertThat(ask(postgres.jdbcUrl(), "select 1")).isEqualTo("1");
  }

  @Test
  void terminatedConnectionsAreEnded() throws SQLException {
    String jdbc = PostgresUrl.parse(postgres.createDatabase("terminated")).jdbcUrl();
    try (Connection first = DriverManager.getConnection(jdbc);
        Connection second = DriverManager.getConnection(jdbc)) {
      assertThat(postgres.terminateConnections("terminated")).isEqualTo(2);
      assertThat(first.isValid(5)).isFalse();
      assertThat(second.isValid(5)).isFalse();
    }
    assertThat(postgres.terminateConnections("terminated")).isZero();
  }

  @Test
  void aKeptDirectoryIsFoundAgainByAnotherServer(@TempDir Path directory) throws SQLException {
    String password;
    try (EmbeddedPostgres first =
        EmbeddedPostgres.start(directory, PostgresServerOptions.defaults())) {
      password = PostgresUrl.parse(first.url()).password();
      run(first.jdbcUrl(), "create table kept (n int)", "insert into kept values (7)");
    }
    PostgresServerOptions options =
        PostgresServerOptions.defaults().withMaxConnections(50).withSetting("work_mem", "5MB");
    try (EmbeddedPostgres second = EmbeddedPostgres.start(directory, options)) {
      assertThat(PostgresUrl.parse(second.url()).password()).isEqualTo(password);
      assertThat(second.port()).isNotEqualTo(postgres.port());
      assertThat(ask(second.jdbcUrl(), "select n from kept")).isEqualTo("7");
      assertThat(ask(second.jdbcUrl(), "show max_connections")).isEqualTo("50");
      assertThat(ask(second.jdbcUrl(), "show work_mem")).isEqualTo("5MB");
      assertThat(ask(postgres.jdbcUrl(), "select 1")).isEqualTo("1");
    }
    assertThat(directory.resolve("data/PG_VERSION")).exists();
  }

  @Test
  void rootCanRunItAsNobody(@TempDir Path made) throws Exception {
    assumeTrue(Integer.valueOf(0).equals(Files.getAttribute(made, "unix:uid")), "only for root");
    assumeTrue(OrdinaryUser.NOBODY_ITSELF.works(), "setpriv is needed");
    try (EmbeddedPostgres server =
        EmbeddedPostgres.start(
            null, PostgresServerOptions.defaults(), OrdinaryUser.NOBODY_ITSELF, Watchdog::start)) {
      server.restartImmediate();
      assertThat(ask(server.jdbcUrl(), "select 1")).isEqualTo("1");
    }
  }

  @Test
  void aSettingThatTheServerRefusesIsToldFromItsLog() {
    PostgresServerOptions wrong =
        PostgresServerOptions.defaults().withSetting("work_mem", "plenty");
    assertThatThrownBy(() -> EmbeddedPostgres.start(null, wrong))
        .isInstanceOf(EmbeddedServerException.class)
        .hasMessageContaining("exit code 1")
        .hasMessageContaining("invalid value for parameter \"work_mem\": \"plenty\"");
  }

  @Test
  void aFixedPortThatIsTakenIsToldFromItsLog() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      PostgresServerOptions options =
          PostgresServerOptions.defaults().withPort(taken.getLocalPort());
      assertThatThrownBy(() -> EmbeddedPostgres.start(null, options))
          .isInstanceOf(EmbeddedServerException.class)
          .hasMessageContaining("Address already in use");
    }
  }

  @Test
  void aVersionThatIsNotThereIsToldWithThoseThatAre() {
    assertThatThrownBy(
            () ->
                EmbeddedPostgres.start(null, PostgresServerOptions.defaults().withMajorVersion(99)))
        .isInstanceOf(EmbeddedServerException.class)
        .hasMessageContaining("No PostgreSQL 99 binaries")
        .hasMessageContaining("found [" + postgres.version());
  }

  @Test
  void aJarThatIsNotThereIsAnErrorThatNamesTheArchive() {
    PostgresServerOptions options =
        PostgresServerOptions.defaults().withBinaries(Path.of("/nonexistent.jar"));
    assertThatThrownBy(() -> EmbeddedPostgres.start(null, options))
        .isInstanceOf(EmbeddedServerException.class)
        .hasMessageContaining("Cannot read the PostgreSQL binaries")
        .hasStackTraceContaining("/nonexistent.jar");
  }

  @Test
  void optionsThatCannotWorkAreRefused() {
    PostgresServerOptions options = PostgresServerOptions.defaults();
    assertThatThrownBy(() -> options.withSetting("fsync", "off"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("what is committed must survive");
    assertThatThrownBy(() -> options.withSetting("port", "1"))
        .hasMessageContaining("an option of its own");
    assertThatThrownBy(() -> options.withSetting("x; y", "1"))
        .hasMessageContaining("not a name of a setting");
    assertThatThrownBy(() -> options.withPort(70_000)).hasMessageContaining("70000");
    assertThatThrownBy(() -> options.withMajorVersion(12)).hasMessageContaining("at least 13");
    assertThatThrownBy(() -> options.withMaxConnections(1)).hasMessageContaining("10 or more");
  }

  private static String ask(String jdbcUrl, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(jdbcUrl);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  private static void run(String jdbcUrl, String... commands) throws SQLException {
    try (Connection connection = DriverManager.getConnection(jdbcUrl);
        Statement statement = connection.createStatement()) {
      for (String command : commands) {
        statement.execute(command);
      }
    }
  }
}
