package dev.fantasticfour.world.tck.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.tck.Outage;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** An append whose connection is cut at some moment before, during or after it. */
final class CutAppend {

  private static final long MOST_NANOS = 4_000_000;

  private final StorageScene scene;
  private final Outage<Storage> outage;
  private final Storage cut;
  private final long nanos;
  private @Nullable Batch batch;

  private CutAppend(StorageScene scene, Outage<Storage> outage, Storage cut, long nanos) {
    this.scene = scene;
    this.outage = outage;
    this.cut = cut;
    this.nanos = nanos;
  }

  /** What is done in a round. */
  interface Round {
    void play(CutAppend append) throws Exception;
  }

  /** Plays it several times, with a moment by lot each time. */
  static void rounds(StorageScene scene, Round round) throws Exception {
    Outage<Storage> outage = scene.stage().outage();
    Storage cut = scene.stage().another(outage);
    Races.rounds(
        scene,
        race -> round.play(new CutAppend(scene, outage, cut, race.random().nextLong(MOST_NANOS))));
    scene.stage().close(cut);
  }

  /** Appends, and cuts the connection meanwhile. */
  void append(Batch wanted) throws Exception {
    batch = wanted;
    CountDownLatch begun = new CountDownLatch(1);
    FutureTask<@Nullable AppendResult> append =
        new FutureTask<>(
            () -> {
              begun.countDown();
              try {
                return StorageScene.append(cut, wanted);
              } catch (WorldException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
                return null;
              }
            });
    Thread.ofVirtual().start(append);
    begun.await();
    LockSupport.parkNanos(nanos);
    outage.begin().run();
    outage.end().run();
    AppendResult result = append.get();
    if (result != null) {
      StorageScene.accepted(result);
      assertThat(scene.log(StorageScene.accepted(result).run()))
          .as("what was answered is there")
          .isNotEmpty();
    }
  }

  /** Repeats it through the same instance until it is answered. */
  void repeat() {
    insist(scene, cut, Objects.requireNonNull(batch));
  }

  /** Appends until it is answered; it must be accepted, now or before. */
  static void insist(StorageScene scene, Storage at, Batch batch) {
    AtomicReference<@Nullable AppendResult> answer = new AtomicReference<>();
    scene
        .stage()
        .await(
            "the store answers again",
            () -> {
              try {
                answer.set(StorageScene.append(at, batch));
                return true;
              } catch (WorldException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
                return false;
              }
            });
    assertThat(answer.get())
        .isInstanceOfAny(AppendResult.Appended.class, AppendResult.Repeated.class);
  }
}
