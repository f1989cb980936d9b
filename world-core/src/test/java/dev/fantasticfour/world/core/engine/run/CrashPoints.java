package dev.fantasticfour.world.core.engine.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Where something goes wrong: {@code -Dworld.crashes=all} tries every call, else it is a sample.
 */
final class CrashPoints {

  private CrashPoints() {}

  /**
   * One of them.
   *
   * @param call at which call of a port, from 1
   */
  record Point(int call, FaultLine.Fault fault) {}

  /**
   * @param calls so many there are
   * @param sample so many points at most
   */
  static List<Point> of(int calls, int sample) {
    List<Point> points = new ArrayList<>();
    for (int call = 1; call <= calls; call++) {
      for (FaultLine.Fault fault : FaultLine.Fault.values()) {
        points.add(new Point(call, fault));
      }
    }
    if ("all".equals(System.getProperty("world.crashes"))) {
      return points;
    }
    Collections.shuffle(points, new Random(Integer.getInteger("world.crashes.seed", 1)));
    return points.subList(0, Math.min(sample, points.size()));
  }
}
