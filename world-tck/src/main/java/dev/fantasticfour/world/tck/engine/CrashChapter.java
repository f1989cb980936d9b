package dev.fantasticfour.world.tck.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.tck.FaultLine.Fault;
import dev.fantasticfour.world.tck.Harness;
import dev.fantasticfour.world.tck.Rule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A node is lost at any of its port calls, or one of its answers is. */
public interface CrashChapter {

  /** The system property that fixes the seed. */
  String SEED = "world.tck.seed";

  @Test
  @Rule({"EN-10", "L1", "L9"})
  default void aRunEndsTheSameWhereverItsNodeIsLost(WorldScene scene) {
    CrashStory smooth = CrashStory.play(scene, 0, Fault.CRASH_BEFORE);
    long seed = Long.getLong(SEED, System.nanoTime());
    for (Point point : points(scene, smooth.calls(), seed)) {
      CrashStory story;
      try {
        story = CrashStory.play(scene, point.call(), point.fault());
      } catch (AssertionError e) {
        throw new AssertionError(point + " of " + smooth.calls() + ": " + e.getMessage(), e);
      }
      assertThat(story.end())
          .as("%s of %d, at %s, -D%s=%d", point, smooth.calls(), story.lostAt(), SEED, seed)
          .isEqualTo(smooth.end());
    }
  }

  /** A fault at a call. */
  record Point(int call, Fault fault) {}

  private static List<Point> points(WorldScene scene, int calls, long seed) {
    List<Point> points = new ArrayList<>();
    for (int call = 1; call <= calls; call++) {
      for (Fault fault : Fault.values()) {
        points.add(new Point(call, fault));
      }
    }
    if (Boolean.getBoolean(Harness.FULL)) {
      return points;
    }
    Collections.shuffle(points, new Random(seed));
    int sample = Math.max(4, scene.stage().harness().rounds() / 10);
    return points.subList(0, Math.min(sample, points.size()));
  }
}
