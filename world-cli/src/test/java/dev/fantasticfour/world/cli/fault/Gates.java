package dev.fantasticfour.world.cli.fault;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Gates at which the bodies of one JVM wait until the test opens them. */
final class Gates {

  private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();

  void open(String gate) {
    latch(gate).countDown();
  }

  void pass(String gate) throws InterruptedException {
    latch(gate).await();
  }

  /** The same for a body that heeds no interruption, as code that blocks elsewhere does not. */
  void passUnmoved(String gate) {
    boolean passed = false;
    while (!passed) {
      try {
        latch(gate).await();
        passed = true;
      } catch (InterruptedException e) {
        passed = latch(gate).getCount() == 0;
      }
    }
  }

  private CountDownLatch latch(String gate) {
    return gates.computeIfAbsent(gate, name -> new CountDownLatch(1));
  }
}
