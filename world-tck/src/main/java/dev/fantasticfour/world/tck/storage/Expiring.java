package dev.fantasticfour.world.tck.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.config.RetentionRule;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.Retention.ExpiredRun;
import dev.fantasticfour.world.core.port.Retention.ExpiredRuns;
import dev.fantasticfour.world.core.port.Storage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A workflow of its own whose runs are kept for some time, and nobody else's: the rule is taken
 * back when the test is over.
 */
record Expiring(StorageScene scene, String workflow) implements AutoCloseable {

  /**
   * Short, because the ids of runs of other tests are made by another clock, which nobody moves.
   */
  static final Duration WHILE = Duration.ofSeconds(30);

  /** Completed runs are kept for ten whiles, failed ones for thirty, cancelled ones for ever. */
  static Expiring in(StorageScene scene) {
    return in(scene, new RetentionRule(whiles(10), whiles(30), null, null));
  }

  static Expiring in(StorageScene scene, RetentionRule rule) {
    Expiring expiring = new Expiring(scene, scene.workflow());
    scene.storage().retain(expiring.workflow, rule);
    return expiring;
  }

  /** A run that ended so, and is settled. */
  RunId ended(Draft end) {
    return ended(end, new Draft[0]);
  }

  RunId ended(Draft end, Draft... before) {
    Owned owned = scene.owned(workflow, before);
    return settled(owned, end);
  }

  RunId settled(Owned owned, Draft end) {
    scene.accept(owned.run(), owned.authority(Due.NEVER), end);
    return owned.run();
  }

  static Duration whiles(long count) {
    return WHILE.multipliedBy(count);
  }

  void pass(long whiles) {
    scene.stage().advance(whiles(whiles));
  }

  /** All of this workflow that may go. */
  List<RunId> expired() {
    return pages(scene.peer(), 1_000).map(ExpiredRun::run).toList();
  }

  Stream<ExpiredRun> pages(Storage at, int limit) {
    List<ExpiredRun> all = new ArrayList<>();
    String after = null;
    do {
      ExpiredRuns page = at.expired(after, limit);
      assertThat(page.runs()).hasSizeLessThanOrEqualTo(limit);
      all.addAll(page.runs());
      after = page.next();
    } while (after != null);
    return all.stream().filter(run -> run.workflow().equals(workflow));
  }

  /** Deletes what may go, and says what went. */
  Set<RunId> prune() {
    return scene.storage().prune(expired());
  }

  @Override
  public void close() {
    scene.storage().retain(workflow, null);
  }
}
