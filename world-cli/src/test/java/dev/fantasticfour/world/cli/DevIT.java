package dev.fantasticfour.world.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.embedded.FreePort;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers to develop with: they are found again where they were, and nobody else has them. */
@Timeout(180)
class DevIT {

  private final Cli cli = new Cli(Map.of());
  @TempDir Path directory;

  @Test
  void whatWasExportedOnceIsGoodTheNextDayToo() throws Exception {
    String postgres = Integer.toString(FreePort.find());
    String redis = Integer.toString(FreePort.find());
    Process first = dev(postgres, redis);
    Map<String, String> variables = variables(first);
    try {
      assertThat(variables.get(WorldConfig.POSTGRES_URL)).contains(":" + postgres + "/");
      assertThat(variables.get(WorldConfig.REDIS_URL)).contains(":" + redis);
      assertThat(new Cli(variables).run("runs", "start", "order").code()).isZero();

      Cli.Outcome second =
          cli.run("dev", "--data-dir", directory.toString(), "--postgres-port", "0");
      assertThat(second.code()).isEqualTo(2);
      assertThat(second.lines()).hasSize(1);
      assertThat(second.err())
          .contains(directory.toString(), "process " + first.pid(), "--data-dir");
    } finally {
      end(first);
    }

    Process again = dev(postgres, redis);
    try {
      assertThat(variables(again)).isEqualTo(variables);
      assertThat(new Cli(variables).run("runs", "list", "--json").jsonLines()).hasSize(1);
    } finally {
      end(again);
    }
  }

  @Test
  void whoeverHasWaitedForItsEndFindsPortsAndDirectoryFree() throws Exception {
    int postgres = FreePort.find();
    int redis = FreePort.find();
    Process dev = dev(Integer.toString(postgres), Integer.toString(redis));
    Path server = directory.resolve("postgres").resolve("data").resolve("postmaster.pid");
    try {
      assertThat(variables(dev)).hasSize(2);
      assertThat(server).exists();
    } finally {
      end(dev);
    }
    assertThat(server).as("what PostgreSQL removes when nothing else is left to do").doesNotExist();
    assertThat(FreePort.isFree(postgres)).isTrue();
    assertThat(FreePort.isFree(redis)).isTrue();
  }

  @Test
  void aPortThatIsTakenIsOneLine() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(other.getLocalPort());
      Cli.Outcome outcome =
          cli.run("dev", "--data-dir", directory.toString(), "--postgres-port", port);
      assertThat(outcome.code()).isEqualTo(2);
      assertThat(outcome.lines()).hasSize(1);
      assertThat(outcome.err()).contains("port " + port, "--postgres-port");
    }
  }

  @Test
  void theHelpNamesThePortsThatStay() {
    assertThat(cli.run("dev", "--help").out()).contains("15432", "16379");
  }

  private Process dev(String postgresPort, String redisPort) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("dev", "--data-dir", directory.toString()));
    command.addAll(List.of("--postgres-port", postgresPort, "--redis-port", redisPort));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.matches("WORKFLOW_.*|REDIS_URL"));
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** The two lines that a shell would read. */
  private static Map<String, String> variables(Process dev) throws IOException {
    Map<String, String> variables = new HashMap<>();
    BufferedReader out = dev.inputReader();
    for (int i = 0; i < 2; i++) {
      String line = out.readLine();
      assertThat(line).matches("export \\w+='[^']+'");
      String[] parts = line.replace("export ", "").replace("'", "").split("=", 2);
      variables.put(parts[0], parts[1]);
    }
    return variables;
  }

  private static void end(Process dev) throws InterruptedException {
    dev.destroy();
    assertThat(dev.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }
}
