package dev.fantasticfour.world.core.engine.append;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.append.RecordingStorage.Gate;
import dev.fantasticfour.world.core.engine.time.Backoff;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** A pump with one lane over a store that records what it is asked. */
@Timeout(30)
abstract class PumpScene {

  static final Duration LONG = Duration.ofSeconds(20);
  static final Backoff SOON = Backoff.between(Duration.ofNanos(1), Duration.ofMillis(1));

  final RecordingStorage storage = new RecordingStorage();
  AppendPump pump = pump(PumpLimits.DEFAULT.withLanes(1));

  @AfterEach
  void close() {
    pump.close();
  }

  AppendPump pump(PumpLimits limits) {
    return new AppendPump(storage, new SystemMachine(), limits, SOON);
  }

  Gate holdFirstCall() {
    Gate gate = new Gate();
    AtomicInteger calls = new AtomicInteger();
    storage.answer(
        batches -> {
          if (calls.getAndIncrement() == 0) {
            gate.pass();
          }
          return RecordingStorage.accepted(batches);
        });
    return gate;
  }

  /** Holds the call with the batch {@code first}; no call with that id in it is ever accepted. */
  Gate holdFirstAndNeverAccept(String id, ErrorCode code, String why) {
    Gate gate = new Gate();
    storage.answer(
        batches -> {
          List<String> ids = RecordingStorage.ids(batches);
          if (ids.contains("first")) {
            gate.pass();
          }
          if (ids.contains(id)) {
            throw new WorldException(code, why);
          }
          return RecordingStorage.accepted(batches);
        });
    return gate;
  }

  Gate holdNextCallOf(String id) {
    Gate gate = new Gate();
    storage.answer(
        batches -> {
          if (RecordingStorage.ids(batches).contains(id)) {
            gate.pass();
          }
          return RecordingStorage.accepted(batches);
        });
    return gate;
  }

  static AppendResult answer(CompletableFuture<AppendResult> future) throws Exception {
    return future.get(20, TimeUnit.SECONDS);
  }

  static WorldException failure(CompletableFuture<AppendResult> future) {
    ExecutionException thrown =
        catchThrowableOfType(ExecutionException.class, () -> future.get(20, TimeUnit.SECONDS));
    return (WorldException) thrown.getCause();
  }

  static Batch batch(String run, String id) {
    return batch(run, id, 10);
  }

  static Batch batch(String run, String id, int bytes) {
    return new Batch(
        id,
        new Target.OfRun(new RunId(run)),
        Authority.ANYONE,
        null,
        List.of(
            new Draft(
                "hook_1", Instant.EPOCH, new Fact.HookReceived(Payload.binary(new byte[bytes])))));
  }
}
