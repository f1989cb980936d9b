package dev.fantasticfour.world.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EmbeddedRedisTest {
  private static EmbeddedRedis redis;

  @BeforeAll
  static void startServer() {
    redis = EmbeddedRedis.start();
  }

  @AfterAll
  static void closeServer() {
    redis.close();
    assertThat(redis.home()).doesNotExist();
  }

  @Test
  void aStartedServerAnswersAPing() throws IOException {
    try (Socket socket = new Socket("127.0.0.1", redis.port())) {
      assertThat(ping(socket)).isEqualTo("+PONG\r\n");
    }
    assertThat(redis.url()).isEqualTo("redis://127.0.0.1:" + redis.port());
  }

  @Test
  void itIsAtLeastVersionSix() throws IOException {
    assertThat(Integer.parseInt(redis.version().split("\\.")[0])).isGreaterThanOrEqualTo(6);
    assertThat(tell(redis, "SET", "version", redis.version())).isEqualTo("OK");
  }

  @Test
  void aKilledServerComesBackEmptyOnTheSamePort() throws IOException {
    tell(redis, "SET", "key", "value");
    int port = redis.port();
    redis.kill();
    assertThat(redis.isRunning()).isFalse();
    assertThatThrownBy(() -> tell(redis, "PING")).isInstanceOf(IOException.class);
    redis.startAgain();
    assertThat(redis.port()).isEqualTo(port);
    assertThat(tell(redis, "EXISTS", "key")).isEqualTo("0");
  }

  @Test
  void aRestartedServerIsEmpty() throws IOException {
    tell(redis, "SET", "key", "value");
    redis.restart();
    assertThat(tell(redis, "EXISTS", "key")).isEqualTo("0");
  }

  @Test
  void flushingRemovesAllKeys() throws IOException {
    tell(redis, "SET", "key", "value");
    redis.flushAll();
    assertThat(tell(redis, "DBSIZE")).isEqualTo("0");
  }

  @Test
  void aPausedServerIsSilentUntilItIsResumed() throws IOException {
    try (Socket socket = new Socket("127.0.0.1", redis.port())) {
      socket.setSoTimeout(300);
      redis.pause();
      try {
        assertThatThrownBy(() -> ping(socket)).isInstanceOf(SocketTimeoutException.class);
      } finally {
        redis.resume();
      }
      socket.setSoTimeout(5_000);
      assertThat(ping(socket)).startsWith("+PONG");
    }
  }

  @Test
  void aPausedServerCanBeKilled() throws IOException {
    redis.pause();
    redis.restart();
    assertThat(tell(redis, "PING")).isEqualTo("PONG");
  }

  @Test
  void twoServersWithPasswordAndAppendOnlyFileKeepToThemselves() throws IOException {
    RedisServerOptions options =
        RedisServerOptions.defaults()
            .withPassword("my \"secret\"\\")
            .withAppendOnlyFile()
            .withSetting("maxmemory-policy", "noeviction");
    try (EmbeddedRedis other = EmbeddedRedis.start(options)) {
      assertThat(other.port()).isNotEqualTo(redis.port());
      assertThat(options.toString()).doesNotContain("secret");
      try (Socket socket = new Socket("127.0.0.1", other.port())) {
        assertThat(ping(socket)).startsWith("-NOAUTH");
      }
      tell(other, "SET", "kept", "value");
      other.kill();
      other.startAgain();
      assertThat(tell(other, "GET", "kept")).isEqualTo("value");
      other.flushAll();
      assertThat(tell(other, "GET", "kept")).isEmpty();
    }
  }

  @Test
  void aSettingThatTheServerRefusesIsToldFromItsLog() {
    RedisServerOptions wrong =
        RedisServerOptions.defaults().withSetting("maxmemory-policy", "whatever");
    assertThatThrownBy(() -> EmbeddedRedis.start(wrong))
        .isInstanceOf(EmbeddedServerException.class)
        .hasMessageContaining("exit code 1")
        .hasMessageContaining("maxmemory-policy");
  }

  @Test
  void aFixedPortThatIsTakenIsToldFromItsLog() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      RedisServerOptions options = RedisServerOptions.defaults().withPort(taken.getLocalPort());
      assertThatThrownBy(() -> EmbeddedRedis.start(options))
          .isInstanceOf(EmbeddedServerException.class)
          .hasMessageContaining("Address already in use");
    }
  }

  @Test
  void optionsThatCannotWorkAreRefused() {
    RedisServerOptions options = RedisServerOptions.defaults();
    assertThatThrownBy(() -> options.withPort(-1)).hasMessageContaining("-1");
    assertThatThrownBy(() -> options.withPassword("")).hasMessageContaining("empty password");
    assertThatThrownBy(() -> options.withSetting("dir", "/")).hasMessageContaining("dir");
    assertThatThrownBy(() -> options.withSetting("save", "1\nport 2"))
        .hasMessageContaining("one line");
  }

  private static String tell(EmbeddedRedis server, String... words) throws IOException {
    try (PlainRedisConnection connection =
        PlainRedisConnection.open(RedisUrl.parse(server.url()).login())) {
      return connection.command(words);
    }
  }

  private static String ping(Socket socket) throws IOException {
    socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
    byte[] reply = new byte[64];
    int length = socket.getInputStream().read(reply);
    return new String(reply, 0, length, StandardCharsets.US_ASCII);
  }
}
