package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.embedded.Services;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** A migrated database with a storage over it, and short ways to fill it. */
final class TestStore implements AutoCloseable {

  private static final String BASE32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final AtomicLong NUMBERS = new AtomicLong();

  final WorldConfig config;
  final PostgresStorage storage;
  volatile Duration offset = Duration.ZERO;

  TestStore() {
    config = WorldConfig.defaults().withConnectionString(Services.postgres().freshDatabase());
    PostgresMigrations.migrate(config);
    storage = new PostgresStorageOpener(config).clockOffset(() -> offset).open();
  }

  static String number(String prefix) {
    return prefix + NUMBERS.incrementAndGet();
  }

  /** An id that says when it was made, as the engine's do: only such go the short way. */
  static RunId minted() {
    return minted(System.currentTimeMillis());
  }

  /** The same, made at another time. */
  static RunId minted(long at) {
    char[] ulid = new char[26];
    long millis = at;
    long number = NUMBERS.incrementAndGet();
    for (int i = 9; i >= 0; i--, millis >>>= 5) {
      ulid[i] = BASE32.charAt((int) (millis & 31));
    }
    for (int i = 25; i >= 10; i--, number >>>= 5) {
      ulid[i] = BASE32.charAt((int) (number & 31));
    }
    return new RunId(RunId.PREFIX + new String(ulid));
  }

  static Fact.RunCreated creation(String workflow) {
    return new Fact.RunCreated(
        workflow, "d", 1, "queue", Payload.json("{\"n\":1}"), null, null, Map.of(), null);
  }

  /** A pending run that nobody ever claimed. */
  RunId run(String workflow) {
    RunId run = new RunId(number("run-"));
    accepted(anyone(run, new Draft(null, Instant.now(), creation(workflow))));
    return run;
  }

  /** A running run, owned in epoch 1, with two events. */
  RunId owned(WorkerId worker, String workflow) {
    RunId run = new RunId(number("run-"));
    accepted(owning(run, worker, workflow));
    return run;
  }

  /** What creates and starts a run that the worker owns from the beginning. */
  static Batch owning(RunId run, WorkerId worker, String workflow) {
    return new Batch(
        number("btch_"),
        new Target.OfRun(run),
        Authority.ANYONE,
        worker,
        List.of(
            new Draft(null, Instant.now(), creation(workflow)),
            new Draft(null, Instant.now(), new Fact.RunStarted(null))));
  }

  WorkerId worker(String build) {
    WorkerId worker = new WorkerId(number("wrkr_"));
    storage.register(worker, build, Duration.ofSeconds(10));
    return worker;
  }

  static Draft about(String id, Fact fact) {
    return new Draft(id, Instant.now(), fact);
  }

  static Batch anyone(RunId run, Draft... drafts) {
    return new Batch(
        number("btch_"), new Target.OfRun(run), Authority.ANYONE, null, List.of(drafts));
  }

  static Batch owner(RunId run, WorkerId worker, long epoch, long seen, Draft... drafts) {
    return new Batch(
        number("btch_"),
        new Target.OfRun(run),
        new Authority.Owner(worker, epoch, seen, Due.NEVER),
        null,
        List.of(drafts));
  }

  static Batch toHook(String token, String payload) {
    return new Batch(
        number("btch_"),
        new Target.OfHook(token),
        Authority.ANYONE,
        null,
        List.of(new Draft(null, Instant.now(), new Fact.HookReceived(Payload.json(payload)))));
  }

  AppendResult append(Batch batch) {
    return append(storage, batch);
  }

  static AppendResult append(Storage storage, Batch batch) {
    return storage.append(List.of(batch)).getFirst();
  }

  AppendResult.Appended accepted(Batch batch) {
    AppendResult result = append(batch);
    if (result instanceof AppendResult.Appended appended) {
      return appended;
    }
    throw new AssertionError(batch + " answered " + result);
  }

  Connection connect() throws SQLException {
    return PostgresPool.connect(PostgresUrl.primary(config));
  }

  /** The first column of the rows, as text. */
  List<String> sql(String statement) throws SQLException {
    try (Connection connection = connect();
        Statement s = connection.createStatement()) {
      List<String> values = new ArrayList<>();
      if (s.execute(statement)) {
        try (ResultSet rows = s.getResultSet()) {
          while (rows.next()) {
            values.add(rows.getString(1));
          }
        }
      }
      return values;
    }
  }

  @Override
  public void close() {
    storage.close();
  }
}
