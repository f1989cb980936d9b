package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.StepStatus;
import dev.fantasticfour.world.core.port.StepCustody.Heartbeat;
import dev.fantasticfour.world.core.port.StepCustody.Holding;
import dev.fantasticfour.world.core.port.StepCustody.Progress;
import dev.fantasticfour.world.core.rules.StepHolding;
import dev.fantasticfour.world.core.rules.StepState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How far queued steps have come. */
final class Heartbeats {

  private static final int ATTEMPTS = 5;

  private final Sessions sessions;
  private final PostgresErrors errors;
  private final Supplier<Duration> offset;

  Heartbeats(Sessions sessions, PostgresErrors errors, Supplier<Duration> offset) {
    this.sessions = sessions;
    this.errors = errors;
    this.offset = offset;
  }

  List<Holding> heartbeat(List<Heartbeat> said) {
    if (said.isEmpty()) {
      return List.of();
    }
    List<StoredPayload> payloads =
        said.stream().map(each -> StoredPayload.of(each.progress())).toList();
    List<HeartbeatMapper.AnswerRow> rows =
        call(
            "saying that queued steps are under way",
            mapper ->
                mapper.heartbeat(
                    Intervals.write(offset.get()),
                    said.stream().map(each -> each.run().value()).toArray(String[]::new),
                    said.stream().map(Heartbeat::stepId).toArray(String[]::new),
                    said.stream().map(Heartbeat::attempt).toArray(Integer[]::new),
                    said.stream().map(each -> each.progress() != null).toArray(Boolean[]::new),
                    payloads.stream().map(StoredPayload::json).toArray(String[]::new),
                    payloads.stream().map(StoredPayload::bytes).toArray(byte[][]::new),
                    payloads.stream().map(StoredPayload::codec).toArray(String[]::new)));
    List<Holding> holdings = new ArrayList<>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      holdings.add(holding(rows.get(i), said.get(i)));
    }
    return holdings;
  }

  private static Holding holding(HeartbeatMapper.AnswerRow row, Heartbeat said) {
    StepState step =
        row.status() == null || row.attempt() == null
            ? StepState.ABSENT
            : new StepState.Present(StepStatus.ofWord(row.status()), row.attempt(), null);
    Holding holding = StepHolding.of(row.goesOn(), step, said.attempt());
    return holding == Holding.HELD && !row.kept() ? Holding.BUSY : holding;
  }

  Optional<Progress> progress(RunId run, String stepId) {
    return Optional.ofNullable(
            call(
                "reading how far step " + stepId + " has come",
                mapper -> mapper.progress(run.value(), stepId)))
        .map(HeartbeatMapper.ProgressRow::toProgress);
  }

  private <T extends @Nullable Object> T call(
      String attempt, Function<HeartbeatMapper, T> statement) {
    for (int i = 1; ; i++) {
      try {
        return sessions.call(HeartbeatMapper.class, statement);
      } catch (RuntimeException e) {
        if (!PostgresErrors.isRepeatable(e) || i == ATTEMPTS) {
          throw errors.translate(attempt, e);
        }
      }
    }
  }
}
