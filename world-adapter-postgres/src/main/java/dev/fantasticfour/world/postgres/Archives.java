package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.LiveStreams.Chunk;
import dev.fantasticfour.world.core.port.LiveStreams.HighestAttempt;
import dev.fantasticfour.world.core.port.LiveStreams.Life;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import dev.fantasticfour.world.core.port.StreamArchive.Archived;
import dev.fantasticfour.world.core.port.StreamArchive.Held;
import dev.fantasticfour.world.core.port.StreamArchive.Kept;
import dev.fantasticfour.world.core.port.StreamArchive.Section;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.postgres.ArchiveMapper.AnswerRow;
import dev.fantasticfour.world.postgres.ArchiveMapper.PieceRow;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/** The streams that are kept. */
final class Archives {

  private static final int ATTEMPTS = 5;

  /** A piece ends after so many bytes. */
  private static final long MOST_BYTES = 4 << 20;

  private final Sessions sessions;
  private final PostgresErrors errors;

  Archives(Sessions sessions, PostgresErrors errors) {
    this.sessions = sessions;
    this.errors = errors;
  }

  List<Kept> archive(List<Section> sections) {
    if (sections.isEmpty()) {
      return List.of();
    }
    ArchiveCall arguments = ArchiveCall.of(sections);
    return call("keeping streams", mapper -> mapper.archive(arguments)).stream()
        .map(Archives::kept)
        .toList();
  }

  Archived archived(StreamId stream, long from, int limit) {
    String run = stream.run().value();
    byte[] hash = Sha256.of(stream.name());
    List<PieceRow> rows =
        call(
            "reading a kept stream", mapper -> mapper.archived(run, hash, from, limit, MOST_BYTES));
    if (rows.isEmpty()) {
      return new Archived(List.of(), false, List.of());
    }
    PieceRow first = rows.getFirst();
    return new Archived(
        Arrays.asList(first.bases()),
        first.ended(),
        rows.stream().flatMap(Archives::chunk).toList());
  }

  List<Held> heldBy(Collection<WorkerId> workers) {
    String[] ids = workers.stream().map(WorkerId::value).toArray(String[]::new);
    return call("looking for streams of dead workers", mapper -> mapper.heldBy(ids)).stream()
        .map(
            row ->
                new Held(
                    new StreamId(new RunId(row.runId()), row.name()), row.life(), row.missing()))
        .toList();
  }

  List<String> names(RunId run) {
    return call("listing kept streams", mapper -> mapper.names(run.value())).stream()
        .sorted()
        .toList();
  }

  private static Kept kept(AnswerRow row) {
    long base = row.base() == null ? 0 : row.base();
    return switch (row.answer()) {
      case "taken" -> new Kept.Taken(false);
      case "taken-lost" -> new Kept.Taken(true);
      case "opened" -> new Kept.Opened(new Life(row.life(), base, steps(row)));
      case "entered" -> new Kept.Entered(row.life());
      case "waiting" -> new Kept.NotYet();
      case "ended" -> new Kept.Ended(row.life(), base);
      case "missing" -> new Kept.Missing(base);
      case "over" -> new Kept.Over(row.life());
      default -> throw new IllegalStateException("unknown answer " + row.answer());
    };
  }

  private static Map<String, HighestAttempt> steps(AnswerRow row) {
    Map<String, HighestAttempt> steps = new HashMap<>();
    if (row.steps() != null && row.attempts() != null && row.firsts() != null) {
      for (int i = 0; i < row.steps().length; i++) {
        steps.put(
            Objects.requireNonNull(row.steps()[i]),
            new HighestAttempt(
                Objects.requireNonNull(row.attempts()[i]),
                Objects.requireNonNull(row.firsts()[i])));
      }
    }
    return steps;
  }

  private static Stream<Chunk> chunk(PieceRow row) {
    if (row.index() == null || row.attempt() == null) {
      return Stream.empty();
    }
    if (row.restartedFrom() != null) {
      return Stream.of(
          new Chunk.Restarted(
              row.index(), Objects.requireNonNull(row.stepId()), row.restartedFrom()));
    }
    Payload payload = StoredPayload.read(row.json(), row.bytes(), row.codec());
    return Stream.of(
        new Chunk.Data(row.index(), Objects.requireNonNull(payload), row.stepId(), row.attempt()));
  }

  private <T> T call(String attempt, Function<ArchiveMapper, T> statement) {
    for (int i = 1; ; i++) {
      try {
        return sessions.call(ArchiveMapper.class, statement);
      } catch (RuntimeException e) {
        if (!PostgresErrors.isRepeatable(e) || i == ATTEMPTS) {
          throw errors.translate(attempt, e);
        }
      }
    }
  }
}
