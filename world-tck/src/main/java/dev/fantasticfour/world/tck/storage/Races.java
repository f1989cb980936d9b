package dev.fantasticfour.world.tck.storage;

import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.tck.Racers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/**
 * One round of a race: several threads that set off at once, each a little early or late by lot. In
 * every other round they use two instances in turn, as two processes would.
 */
final class Races {

  /** The system property that fixes the seed. */
  static final String SEED = "world.tck.seed";

  private static final long MOST_NANOS = 30_000;

  private final StorageScene scene;
  private final boolean peers;
  private final Random random;

  private Races(StorageScene scene, boolean peers, long seed) {
    this.scene = scene;
    this.peers = peers;
    this.random = new Random(seed);
  }

  /** What is done in a round. */
  interface Round {
    void play(Races race) throws Exception;
  }

  /** Plays a race as often as the harness says. */
  static void rounds(StorageScene scene, Round round) throws Exception {
    long seed = Long.getLong(SEED, System.nanoTime());
    int rounds = scene.stage().harness().rounds();
    for (int i = 0; i < rounds; i++) {
      try {
        round.play(new Races(scene, i % 2 == 1, seed + i));
      } catch (AssertionError e) {
        throw new AssertionError(
            "round " + i + ", -D" + SEED + "=" + (seed + i) + ": " + e.getMessage(), e);
      }
    }
  }

  /** The lot of this round. */
  Random random() {
    return random;
  }

  /** The instance that a racer uses. */
  Storage at(int racer) {
    return peers && racer % 2 == 1 ? scene.peer() : scene.storage();
  }

  /** Appends the batches at once, each by itself; results are in the order given. */
  List<AppendResult> append(Batch... batches) throws Exception {
    return append(Arrays.asList(batches));
  }

  List<AppendResult> append(List<Batch> batches) throws Exception {
    List<Callable<AppendResult>> racers = new ArrayList<>();
    for (int i = 0; i < batches.size(); i++) {
      Storage at = at(i);
      Batch batch = batches.get(i);
      racers.add(() -> StorageScene.append(at, batch));
    }
    return all(racers);
  }

  /** Does all that at once, and waits for all of it. */
  <T> List<T> all(List<Callable<T>> racers) throws Exception {
    List<Callable<T>> uneven = new ArrayList<>();
    for (Callable<T> racer : racers) {
      long nanos = random.nextInt(3) == 0 ? random.nextLong(MOST_NANOS) : 0;
      uneven.add(
          () -> {
            LockSupport.parkNanos(nanos);
            return racer.call();
          });
    }
    return Racers.all(uneven);
  }
}
