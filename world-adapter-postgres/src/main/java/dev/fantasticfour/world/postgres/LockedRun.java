package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Target;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The run of a batch that is to be judged, locked or not. */
sealed interface LockedRun {

  /** Somebody else has it. */
  record Busy() implements LockedRun {}

  /** Nobody writes to it until the transaction ends. */
  record Locked(JudgedTables store) implements LockedRun {}

  /** The way to the tables within a transaction. */
  record Door(Statements statements, Connection connection, Duration offset) {

    <T extends @Nullable Object> T ask(Function<AppendMapper, T> statement) {
      return statements.call(connection, AppendMapper.class, statement);
    }

    <T> T read(Function<EventMapper, T> statement) {
      return statements.call(connection, EventMapper.class, statement);
    }

    <T> T entities(Function<EntityMapper, T> statement) {
      return statements.call(connection, EntityMapper.class, statement);
    }

    <T> T shown(Function<ShownMapper, T> statement) {
      return statements.call(connection, ShownMapper.class, statement);
    }

    <T> T relays(Function<RelayMapper, T> statement) {
      return statements.call(connection, RelayMapper.class, statement);
    }

    /**
     * Finds and locks the run of a batch.
     *
     * @param busy runs that are not even asked for; a run that is found locked is added
     */
    LockedRun lock(Batch batch, boolean wait, Set<String> busy) {
      ask(AppendMapper::settle);
      String run = runOf(batch);
      if (run != null && busy.contains(run)) {
        return new Busy();
      }
      AppendMapper.LockedRow row = run == null ? null : ask(mapper -> mapper.lock(run, wait));
      if (row == null && run != null) {
        if (ask(mapper -> mapper.isThere(run))) {
          if (wait) {
            throw new JudgedAppends.OvertakenException("the run came to be meanwhile");
          }
          busy.add(run);
          return new Busy();
        }
        row = ask(mapper -> mapper.settled(run));
      }
      Instant now = ask(mapper -> mapper.now(Intervals.write(offset)));
      return new Locked(
          new JudgedTables(
              this,
              batch,
              run == null ? null : new RunId(run),
              row,
              now,
              new JudgedStages(this, run, batch)));
    }

    /**
     * The run whose log has the batch, or that it is addressed to: a token or key may be free or
     * somebody else's by now. Null for a token that leads to none.
     */
    private @Nullable String runOf(Batch batch) {
      // What an owner says is looked for in its run alone.
      boolean isFoundAnywhere =
          !(batch.target() instanceof Target.OfRun)
              || batch.authority() instanceof Authority.Anyone;
      String before = isFoundAnywhere ? ask(mapper -> mapper.runOfBatch(batch.id())) : null;
      return before == null ? runOf(batch.target()) : before;
    }

    private @Nullable String runOf(Target target) {
      return switch (target) {
        case Target.OfRun ofRun -> ofRun.run().value();
        case Target.OfHook hook -> {
          AppendMapper.HolderRow holder =
              ask(mapper -> mapper.tokenHolder(Sha256.of(hook.token())));
          yield holder == null ? null : holder.runId();
        }
        case Target.OfKey key -> {
          AppendMapper.HolderRow holder =
              ask(
                  mapper ->
                      mapper.keyHolder(
                          key.workflow(), Sha256.of(key.runKey()), Intervals.write(offset)));
          yield holder == null ? key.ifNew().value() : holder.runId();
        }
      };
    }
  }
}
