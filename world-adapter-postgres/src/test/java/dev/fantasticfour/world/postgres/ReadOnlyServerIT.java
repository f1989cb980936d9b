package dev.fantasticfour.world.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.WorkerId;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A failover to a server that takes no writes, and back: connections remember what they met. */
class ReadOnlyServerIT {

  private static final Duration LEASE = Duration.ofSeconds(10);

  private static Batch creation() {
    RunId run = new RunId(TestStore.number("run-"));
    return TestStore.anyone(run, new Draft(null, Instant.now(), TestStore.creation("f")));
  }

  private static String database(TestStore store) throws Exception {
    return store.sql("SELECT current_database()").getFirst();
  }

  /** All connections of the pool are made while the server is read only, and it is not for long. */
  @Test
  void noConnectionStaysReadOnlyOnceTheServerIsNot() throws Exception {
    try (TestStore store = new TestStore()) {
      WorkerId worker = store.worker("b");
      String database = database(store);
      store.sql("ALTER DATABASE " + database + " SET default_transaction_read_only = on");
      store.sql(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
              + database
              + "' AND pid <> pg_backend_pid()");
      fillThePool(store);
      Batch batch = creation();
      assertThatThrownBy(() -> store.append(batch))
          .isInstanceOfSatisfying(
              WorldException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
                assertThat(e).hasMessageContaining("is read only");
                assertThat(e).hasMessageNotContaining("does not answer");
              });

      try (Connection connection = store.connect();
          Statement statement = connection.createStatement()) {
        statement.execute("SET default_transaction_read_only = off");
        statement.execute("ALTER DATABASE " + database + " RESET default_transaction_read_only");
      }
      assertThat(repeated(() -> store.append(batch))).isInstanceOf(AppendResult.Appended.class);
      for (int i = 0; i < 2 * store.config.poolSize(); i++) {
        assertThat(store.append(creation())).isInstanceOf(AppendResult.Appended.class);
      }
      assertThat(repeated(() -> store.storage.beat(worker, LEASE))).isPresent();
    }
  }

  /**
   * Repeats once what was not answered, as every caller must: the pool may have filled up again
   * while the server was read only, and whoever meets that empties it; and the connection of the
   * heartbeat is one of those that were cut, and is replaced when that is noticed.
   */
  private static <T> T repeated(Supplier<T> call) {
    try {
      return call.get();
    } catch (WorldException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
      return call.get();
    }
  }

  /** As many statements at once as there are connections. */
  private static void fillThePool(TestStore store) throws Exception {
    int all = store.config.poolSize();
    CountDownLatch ready = new CountDownLatch(all);
    try (ExecutorService threads = Executors.newFixedThreadPool(all)) {
      List<Future<?>> reads = new ArrayList<>();
      for (int i = 0; i < all; i++) {
        reads.add(
            threads.submit(
                () -> {
                  ready.countDown();
                  ready.await();
                  try {
                    return store.storage.run(new RunId("none"));
                  } catch (WorldException e) {
                    // One that met the connections that were cut.
                    return e.code();
                  }
                }));
      }
      for (Future<?> read : reads) {
        read.get();
      }
    }
  }
}
