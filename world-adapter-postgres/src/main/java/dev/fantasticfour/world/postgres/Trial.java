package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.Finding;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import dev.fantasticfour.world.core.port.StreamArchive.Section;
import dev.fantasticfour.world.core.port.StreamArchive.Then;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.postgres.CustodyMapper.Asking;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** A run that is created, taken a step further and ended, and never was: all is rolled back. */
final class Trial {

  private static final String CHECK = "trial";
  private static final String NOW = Intervals.write(Duration.ZERO);

  private final Connection connection;
  private final Statements statements;
  private final String name = "trial_" + UUID.randomUUID();
  private final RunId run = new RunId(name);
  private final WorkerId worker = new WorkerId(name);

  private Trial(Connection connection, Statements statements) {
    this.connection = connection;
    this.statements = statements;
  }

  static Finding run(Connection connection, Statements statements) throws SQLException {
    connection.setAutoCommit(false);
    try {
      new Trial(connection, statements).run();
      return Finding.good(CHECK, "a run was created and ended, and rolled back");
    } catch (RuntimeException e) {
      SQLException refused = PostgresErrors.sql(e);
      if (refused == null) {
        throw e;
      }
      return PostgresExamination.refused(CHECK, refused);
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  private void run() {
    statements.<WorkerMapper, Object>call(
        connection,
        WorkerMapper.class,
        mapper -> Objects.requireNonNull(mapper.register(name, name, "10 seconds", NOW)));
    Batch creation =
        new Batch(
            name,
            new Target.OfRun(run),
            Authority.ANYONE,
            worker,
            List.of(draft(creation()), draft(new Fact.RunStarted(null))));
    statements.rows(connection, AppendMapper.class, mapper -> mapper.append(call(creation)));
    Batch end =
        new Batch(
            name + "_end",
            new Target.OfRun(run),
            new Authority.Owner(worker, 1, 2, Due.NEVER),
            null,
            List.of(draft(new Fact.RunCompleted(null))));
    statements.rows(connection, AppendMapper.class, mapper -> mapper.append(call(end)));
    Asking asking = Asking.of(worker, new Work(name, Set.of(name)));
    statements.<CustodyMapper, Object>call(
        connection, CustodyMapper.class, mapper -> mapper.due(asking, NOW, 1, NOW));
    Section section = new Section(worker, new StreamId(run, name), 0, List.of(), new Then.Next());
    statements.<ArchiveMapper, Object>call(
        connection,
        ArchiveMapper.class,
        mapper -> mapper.archive(ArchiveCall.of(List.of(section))));
    statements.<CustodyMapper, Object>call(
        connection, CustodyMapper.class, mapper -> mapper.claim(asking, new String[] {name}, 1));
  }

  private static AppendCall call(Batch batch) {
    Addition addition = Objects.requireNonNull(Supposition.of(batch));
    return AppendColumns.call(List.of(addition), Duration.ZERO, null);
  }

  private Fact creation() {
    return new Fact.RunCreated(name, name, 1, name, Payload.json("{}"), null, null, Map.of(), null);
  }

  private static Draft draft(Fact fact) {
    return new Draft(null, Instant.EPOCH, fact);
  }
}
