package dev.fantasticfour.world.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * Two start a run under one key at once: the second waits at the key of the first, and is answered.
 * An exception would be caught as well, and stand in the log of the server as an error.
 */
class RaceWithoutErrorIT {

  private static Batch creation(String key) {
    Fact creation =
        new Fact.RunCreated(
            "f", "d", 1, "queue", Payload.json("{}"), key, "a hash", Map.of(), null);
    return TestStore.anyone(
        new RunId(TestStore.number("run-")), new Draft(null, Instant.now(), creation));
  }

  private static PlainRow plain(Connection connection, Statements statements, Batch... batches) {
    List<PlainBatch> plain =
        List.of(batches).stream().map(b -> Objects.requireNonNull(PlainBatch.of(b))).toList();
    return statements
        .rows(
            connection,
            AppendMapper.class,
            mapper -> mapper.appendPlain(PlainPlan.of(plain, Duration.ZERO)))
        .getFirst();
  }

  private static List<AppendRow> judged(
      Connection connection, Statements statements, Batch... batches) {
    return statements.rows(
        connection,
        AppendMapper.class,
        mapper -> mapper.append(AppendPlan.of(List.of(batches), true, Duration.ZERO)));
  }

  private static void awaitBlocked(TestStore store) throws Exception {
    while (store
        .sql(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
                + " AND wait_event_type = 'Lock'")
        .isEmpty()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  @Test
  void theSecondIsLeftOutOfTheAnswerAndNothingOfItIsThere() throws Exception {
    try (TestStore store = new TestStore();
        Connection one = store.connect();
        Connection other = store.connect()) {
      Statements statements = Statements.of("public");
      Batch first = creation("key");
      Batch second = creation("key");
      Batch beside = creation("another key");
      one.setAutoCommit(false);
      assertThat(plain(one, statements, first).oBatch()).isNotNull();
      CompletableFuture<PlainRow> answer =
          CompletableFuture.supplyAsync(() -> plain(other, statements, second, beside));
      awaitBlocked(store);
      one.commit();
      assertThat(answer.get(30, TimeUnit.SECONDS).oBatch()).isNull();
      assertThat(store.sql("SELECT count(*) FROM workflow_runs")).containsExactly("1");
      assertThat(store.sql("SELECT count(*) FROM workflow_events")).containsExactly("1");

      // Whoever asks the whole way is told who has the key, and the bystander stands.
      assertThat(store.storage.append(List.of(second, beside)))
          .extracting(result -> (Object) result.getClass())
          .containsExactly(AppendResult.Conflict.class, AppendResult.Appended.class);
    }
  }

  @Test
  void whoIsJudgedAndComesSecondIsToAskAgain() throws Exception {
    try (TestStore store = new TestStore();
        Connection one = store.connect();
        Connection other = store.connect()) {
      Statements statements = Statements.of("public");
      Batch second = creation("key");
      one.setAutoCommit(false);
      assertThat(judged(one, statements, creation("key"))).isNotEmpty();
      CompletableFuture<List<AppendRow>> answer =
          CompletableFuture.supplyAsync(
              () -> judged(other, statements, second, creation("another key")));
      awaitBlocked(store);
      one.commit();
      assertThat(answer.get(30, TimeUnit.SECONDS)).isEmpty();
      assertThat(store.sql("SELECT count(*) FROM workflow_runs")).containsExactly("1");
      assertThat(store.append(second)).isInstanceOf(AppendResult.Conflict.class);
    }
  }
}
