package dev.fantasticfour.world.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.cli.fault.Story.Told;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A thousand clients in this JVM wait for results of runs that another JVM executes. */
@Timeout(120)
class WaitingClientsIT {

  private static final int CLIENTS = 1_000;
  private static final Duration WATCHED = Duration.ofSeconds(3);

  @TempDir static Path logs;
  private static Stage stage;
  private static CountedWorld clients;
  private static final List<CompletableFuture<Told>> RESULTS = new ArrayList<>();
  private static long statementsWhileWaiting;

  @BeforeAll
  static void waitForResults() throws Exception {
    stage = Stage.onSharedServers(logs);
    stage.worker("worker");
    clients = new CountedWorld(stage.config(), nothing -> {});
    List<Run<Told>> runs = atOnce(i -> clients.client().start(Story.TYPE, waitingFor(i)));
    Until.holds(
        "all runs wait",
        () -> stage.evidence().number("select count(*) from workflow_hooks") == CLIENTS);
    runs.forEach(run -> RESULTS.add(run.resultAsync()));
    Until.holds("they have looked once", () -> clients.storage().of("ended") > 0);
    clients.statementsIn(Duration.ofSeconds(1));
    statementsWhileWaiting = clients.statementsIn(WATCHED);
    atOnce(i -> stage.client().resume(Story.HOOK, "client-" + i, "to " + i));
  }

  private static Story waitingFor(int client) {
    return Story.of("hook client-" + client);
  }

  @FunctionalInterface
  private interface Call<T> {
    T of(int client);
  }

  private static <T> List<T> atOnce(Call<T> call) throws Exception {
    List<T> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> all =
          IntStream.range(0, CLIENTS).mapToObj(i -> threads.submit(() -> call.of(i))).toList();
      for (Future<T> one : all) {
        answers.add(one.get());
      }
    }
    return answers;
  }

  @AfterAll
  static void close() throws Exception {
    clients.close();
    stage.close();
  }

  @Test
  void whoWaitsAsksNothing() {
    System.out.printf(
        "[faults] %d clients waiting: %d statements in %s%n",
        CLIENTS, statementsWhileWaiting, WATCHED);
    // One look for all of them every half a minute may fall into the time.
    assertThat(statementsWhileWaiting).isLessThanOrEqualTo(1);
  }

  @Test
  void everybodyGetsItsResult() throws Exception {
    for (int i = 0; i < CLIENTS; i++) {
      assertThat(RESULTS.get(i))
          .succeedsWithin(Until.PATIENCE)
          .extracting(Told::answers)
          .isEqualTo(List.of("to " + i));
    }
  }

  @Test
  void resultsAreReadManyAtATime() throws Exception {
    everybodyGetsItsResult();
    System.out.println("[faults] results were read in " + clients.storage().of("ended") + " reads");
    assertThat(clients.storage().of("ended")).isLessThan(CLIENTS / 2);
  }
}
