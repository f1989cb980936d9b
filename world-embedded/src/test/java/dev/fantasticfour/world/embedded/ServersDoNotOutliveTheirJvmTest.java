package dev.fantasticfour.world.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServersDoNotOutliveTheirJvmTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Test
  void whenTheJvmIsKilled() throws Exception {
    assertServersEndWith("wait", "KILL");
  }

  @Test
  void whenTheJvmIsKilledWhileTheyArePaused() throws Exception {
    assertServersEndWith("pauseAndWait", "KILL");
  }

  @Test
  void whenTheJvmIsInterrupted() throws Exception {
    assertServersEndWith("wait", "INT");
  }

  @Test
  void whenTheJvmThrows() throws Exception {
    assertServersEndWith("throw", "");
  }

  @Test
  void whenTheJvmReturns() throws Exception {
    assertServersEndWith("return", "");
  }

  @Test
  void andKeptDataCanBeUsedByTheNextJvmAtOnce(@TempDir Path directory) throws Exception {
    try (ChildJvm jvm =
        ChildJvm.start(ServersInAnotherJvm.class, List.of(), "wait", directory.toString())) {
      jvm.line();
      jvm.process().destroyForcibly().waitFor();
    }
    try (EmbeddedPostgres next =
        EmbeddedPostgres.start(directory, PostgresServerOptions.defaults())) {
      String url = next.createDatabase("made_by_the_next");
      assertThat(PostgresUrl.parse(url).askVersion()).isEqualTo(next.version());
    }
  }

  /** Ended, whether or not the process that inherited it has collected its exit code. */
  private static boolean isGone(long pid) {
    Path stat = Path.of("/proc", Long.toString(pid), "stat");
    try {
      return ProcessHandle.of(pid).isEmpty()
          || (Files.exists(stat) && Files.readString(stat).contains(") Z "));
    } catch (IOException vanishedMeanwhile) {
      return ProcessHandle.of(pid).isEmpty();
    }
  }

  private static void assertServersEndWith(String ending, String signal)
      throws IOException, InterruptedException {
    try (ChildJvm jvm = ChildJvm.start(ServersInAnotherJvm.class, List.of(), ending)) {
      List<Long> servers = List.of(Long.valueOf(jvm.line()), Long.valueOf(jvm.line()));
      List<Path> homes = List.of(Path.of(jvm.line()), Path.of(jvm.line()));
      if (!signal.isEmpty()) {
        assertThat(servers).allMatch(pid -> ProcessHandle.of(pid).isPresent());
        String pid = Long.toString(jvm.process().pid());
        assertThat(
                new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + pid)
                    .start()
                    .waitFor())
            .isZero();
      }
      for (long server : servers) {
        Eventually.isTrue("server is gone", PATIENCE, () -> isGone(server));
      }
      for (Path home : homes) {
        Eventually.isTrue("directory is gone", PATIENCE, () -> Files.notExists(home));
      }
    }
  }
}
