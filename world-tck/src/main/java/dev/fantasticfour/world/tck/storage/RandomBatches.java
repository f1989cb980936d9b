package dev.fantasticfour.world.tck.storage;

import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The life of one run, drawn by lot: batches of one to four drafts about few things, in anybody's
 * name. The rules and the adapter are asked about each.
 */
final class RandomBatches {

  private static final int BATCHES = 40;

  private final StorageScene scene;
  private final long seed;
  private final Random random;
  private final List<String> tokens;
  private final List<WorkerId> workers;

  RandomBatches(StorageScene scene, long seed) {
    this.scene = scene;
    this.seed = seed;
    this.random = new Random(seed);
    this.tokens = List.of(scene.token(), scene.token());
    this.workers = List.of(scene.worker(), scene.worker());
  }

  /** The seed that was given, or one of now. */
  static long seed() {
    return Long.getLong(Races.SEED, System.nanoTime());
  }

  void play() {
    RunId run = scene.runId();
    Subject subject = new Subject(scene, run, 0, null, Map.of());
    for (int i = 0; i < BATCHES; i++) {
      if (random.nextInt(6) == 0 && subject.last() > 0) {
        changeHands(subject);
      }
      Draft[] drafts = new Draft[1 + (random.nextInt(3) == 0 ? random.nextInt(4) : 0)];
      for (int d = 0; d < drafts.length; d++) {
        drafts[d] = subject.last() == 0 && d == 0 ? Drafts.created("random") : draft();
      }
      Authority by = subject.last() == 0 ? Authority.ANYONE : authority(subject);
      int number = i;
      subject
          .ask(by, drafts)
          .ifPresent(
              fault -> {
                throw new AssertionError(
                    "seed "
                        + seed
                        + ", batch "
                        + number
                        + " "
                        + List.of(drafts)
                        + " by "
                        + by
                        + ": "
                        + fault
                        + "\n    after "
                        + subject.log());
              });
    }
    if (!subject.isUntouched()) {
      throw new AssertionError("seed " + seed + ": something that was refused left a trace");
    }
  }

  private void changeHands(Subject subject) {
    RunRecord before = scene.view(subject.run());
    @Nullable String owner = before.owner();
    if (owner != null && random.nextBoolean()) {
      scene.storage().release(new WorkerId(owner), subject.run(), before.epoch(), Due.NOW);
      subject.custody(before.epoch(), null);
    } else {
      WorkerId worker = any(workers);
      boolean taken =
          !scene.storage().claim(worker, Work.ofAll("orders"), List.of(subject.run())).isEmpty();
      if (taken != (owner == null || owner.equals(worker.value()))) {
        throw new AssertionError("seed " + seed + ": claim of " + before + " by " + worker);
      }
      if (taken) {
        subject.custody(before.epoch() + 1, worker);
      }
    }
  }

  private Authority authority(Subject subject) {
    return switch (random.nextInt(8)) {
      case 0, 1 -> Authority.ANYONE;
      case 2 -> new Authority.AttemptHolder(any(List.of("s1", "s2")), 1 + random.nextInt(3));
      default -> {
        long seen = Math.max(0, subject.last() - random.nextInt(3));
        long epoch = Math.max(1, subject.epoch() - (random.nextInt(8) == 0 ? 1 : 0));
        yield new Authority.Owner(any(workers), epoch, seen, Due.NOW);
      }
    };
  }

  private Draft draft() {
    String s = any(List.of("s1", "s2", "s3"));
    String h = any(List.of("h1", "h2", "h3"));
    String w = any(List.of("w1", "w2"));
    int attempt = 1 + random.nextInt(3);
    return switch (random.nextInt(34)) {
      case 0 -> Drafts.created("random");
      case 1, 2 -> Drafts.started();
      case 3 -> Drafts.cancelRequested();
      case 4 -> random.nextInt(6) == 0 ? Drafts.completed() : Drafts.stepDone(s, "fast");
      case 5 -> random.nextInt(6) == 0 ? Drafts.terminated() : Drafts.cancelRequested();
      case 6, 7 -> Drafts.stepCreated(s);
      case 8, 9, 10 -> Drafts.stepStarted(s, attempt);
      case 11 -> Drafts.stepRetrying(s, attempt, null);
      case 12 -> Drafts.stepRetrying(s, attempt, MatrixChapter.FUTURE);
      case 13, 14 -> Drafts.stepCompleted(s, attempt);
      case 15 -> Drafts.stepFailed(s, attempt);
      case 16 -> Drafts.stepCancelled(s);
      case 17 ->
          Drafts.of(
              s,
              new Fact.StepStarted(
                  Site.named("x"), attempt, null, random.nextBoolean() ? Instant.EPOCH : null));
      case 18, 19, 20, 21 -> Drafts.hookCreated(h, any(tokens));
      case 22, 23, 24 -> Drafts.hookReceived(h);
      case 25, 26 -> Drafts.hookDisposed(h);
      case 27, 28, 29 -> Drafts.waitCreated(w);
      case 30, 31 -> Drafts.waitCompleted(w);
      case 32 -> Drafts.waitCancelled(w);
      default -> Drafts.stepDone(s, "again");
    };
  }

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
