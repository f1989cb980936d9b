package dev.fantasticfour.world.core.engine.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.memory.MemoryStorage;
import dev.fantasticfour.world.core.observe.Occurrence;
import dev.fantasticfour.world.core.observe.Occurrence.Loss;
import dev.fantasticfour.world.core.observe.Operation;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStorage;
import dev.fantasticfour.world.core.rules.Protocol;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What is told of the calls of a storage. */
class ObservedStorageTest {

  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final Work WORK = new Work("app", Set.of("w")).reading(Protocol.SPEC_VERSION);

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private final IdSource ids = IdSource.of(new SystemMachine());
  private final Recorded recorded = new Recorded();
  private final MemoryStorage memory = new MemoryStorage(now::get);
  private final Storage storage = ObservedStorage.of(memory, recorded, System::nanoTime);

  private RunId created() {
    RunId run = ids.run();
    Fact.RunCreated creation =
        new Fact.RunCreated(
            "w", "b", Protocol.SPEC_VERSION, "app", null, null, null, Map.of(), null);
    Batch batch =
        new Batch(
            ids.batch(),
            new Target.OfRun(run),
            Authority.ANYONE,
            null,
            List.of(new Draft(null, now.get(), creation)));
    assertThat(storage.append(List.of(batch)).getFirst()).isInstanceOf(AppendResult.Appended.class);
    return run;
  }

  private WorkerId registered() {
    WorkerId worker = ids.worker();
    storage.register(worker, "b", LEASE);
    return worker;
  }

  @Test
  void aRunOfADeadWorkerIsTakenOverAndAnyOtherIsTaken() {
    RunId run = created();
    WorkerId first = registered();
    assertThat(storage.due(first, WORK, Duration.ZERO, 10)).hasSize(1);
    storage.claim(first, WORK, List.of(run));

    WorkerId second = ids.worker();
    now.set(now.get().plus(LEASE.multipliedBy(2)));
    storage.register(second, "b", LEASE);
    assertThat(storage.markDead(second)).containsExactly(first);
    assertThat(storage.due(second, WORK, Duration.ZERO, 10)).hasSize(1);
    storage.claim(second, WORK, List.of(run));

    assertThat(recorded.all(Occurrence.RunClaimed.class))
        .extracting(Occurrence.RunClaimed::takenOver)
        .containsExactly(false, true);
    assertThat(recorded.around(Operation.Claim.class)).hasSize(2);
  }

  @Test
  void aHeartbeatOfAWorkerThatIsDeadIsTheLossOfItsOwnership() {
    WorkerId worker = registered();
    assertThat(storage.beat(worker, LEASE, false)).isPresent();
    assertThat(recorded.all(Occurrence.OwnershipLost.class)).isEmpty();

    assertThat(storage.beat(ids.worker(), LEASE, false)).isEmpty();
    assertThat(recorded.all(Occurrence.OwnershipLost.class))
        .extracting(Occurrence.OwnershipLost::loss)
        .containsExactly(Loss.LEASE);
    assertThat(recorded.around(Operation.Beat.class)).hasSize(2);
  }

  @Test
  void batchesOfACallThatThrowsAreNotAnswered() {
    WorldException refusal = new WorldException(ErrorCode.UNAVAILABLE, "away");
    Storage away =
        ObservedStorage.of(
            new ForwardingStorage(memory) {
              @Override
              public List<AppendResult> append(List<Batch> batches) {
                throw refusal;
              }
            },
            recorded,
            System::nanoTime);
    Batch batch =
        new Batch(
            ids.batch(),
            new Target.OfRun(ids.run()),
            Authority.ANYONE,
            null,
            List.of(new Draft(null, now.get(), new Fact.RunTerminated(null))));

    assertThatThrownBy(() -> away.append(List.of(batch, batch))).isSameAs(refusal);
    assertThat(recorded.all(Occurrence.BatchAnswered.class))
        .extracting(Occurrence.BatchAnswered::result)
        .containsExactly("unavailable", "unavailable");
    assertThat(recorded.around(Operation.Append.class))
        .singleElement()
        .satisfies(done -> assertThat(done.outcome().failure()).isSameAs(refusal));
  }
}
