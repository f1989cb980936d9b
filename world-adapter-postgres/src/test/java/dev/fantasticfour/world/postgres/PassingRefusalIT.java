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
import dev.fantasticfour.world.postgres.guice.PostgresStorageProvider;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A server that refuses for a while, and takes the same batch from the same instance afterwards.
 */
class PassingRefusalIT {

  private static final Duration LEASE = Duration.ofSeconds(10);

  private TestStore owner;
  private TestRole role;
  private PostgresStorage storage;

  @BeforeEach
  void open() throws Exception {
    owner = new TestStore();
    role = new TestRole(owner);
    storage = new PostgresStorageOpener(role.config()).open();
  }

  @AfterEach
  void close() throws Exception {
    storage.close();
    role.close();
    owner.close();
  }

  private static Batch creation() {
    RunId run = new RunId(TestStore.number("run-"));
    return TestStore.anyone(run, new Draft(null, Instant.now(), TestStore.creation("f")));
  }

  private static void assertUnavailable(ThrowingCallable call, String words) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            WorldException.class,
            e -> {
              assertThat(e.code()).as(e.getMessage()).isEqualTo(ErrorCode.UNAVAILABLE);
              assertThat(e).hasMessageContaining(words);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "REVOKE INSERT ON workflow_events FROM ROLE_ | GRANT INSERT ON workflow_events TO ROLE_"
            + " | grant the role",
        "REVOKE USAGE ON SCHEMA public FROM ROLE_, PUBLIC | GRANT USAGE ON SCHEMA public TO ROLE_"
            + " | (SQLSTATE 42",
        "ALTER TABLE workflow_events RENAME TO elsewhere"
            + " | ALTER TABLE elsewhere RENAME TO workflow_events | world migrate",
        "ALTER SCHEMA public RENAME TO elsewhere | ALTER SCHEMA elsewhere RENAME TO public"
            + " | world migrate"
      })
  void whatSomebodyTookAwayAndGivesBackCostsNothing(String take, String giveBack, String words)
      throws Exception {
    Batch batch = creation();
    role.sql(take);
    assertUnavailable(() -> TestStore.append(storage, batch), words);

    role.sql(giveBack);
    assertThat(TestStore.append(storage, batch)).isInstanceOf(AppendResult.Appended.class);
  }

  @Test
  void loginsThatAreRefusedForAWhileCostNothing() throws Exception {
    WorkerId worker = new WorkerId(TestStore.number("wrkr_"));
    storage.register(worker, "b", LEASE);
    role.sql("ALTER ROLE ROLE_ NOLOGIN");
    role.disconnect();
    // The first one notices only that its connection is gone.
    assertUnavailable(() -> storage.beat(worker, LEASE), "");
    assertUnavailable(() -> storage.beat(worker, LEASE), "SQLSTATE 28000");
    Batch batch = creation();
    assertUnavailable(() -> TestStore.append(storage, batch), "");

    role.sql("ALTER ROLE ROLE_ LOGIN");
    assertThat(storage.beat(worker, LEASE)).isPresent();
    assertThat(TestStore.append(storage, batch)).isInstanceOf(AppendResult.Appended.class);
  }

  @Test
  void aWrongPasswordIsStillRefusedAtOnceWhenAStorageIsOpened() throws Exception {
    role.sql("ALTER ROLE ROLE_ PASSWORD 'another'");

    assertThatThrownBy(() -> new PostgresStorageProvider().open(role.config()))
        .isInstanceOfSatisfying(
            WorldException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION);
              assertThat(e).hasMessageContaining("SQLSTATE 28P01");
            });
  }
}
