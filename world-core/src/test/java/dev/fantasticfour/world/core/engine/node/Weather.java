package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.core.virtual.Timeline;
import java.time.Duration;
import java.util.Random;

/** What the network and the servers are like at the moment: how long calls take, which get lost. */
final class Weather {

  private final Timeline timeline;
  private final Random random;
  private long storeAwayUntil = -1;
  private long storeRefusesUntil = -1;
  private long queueAwayUntil = -1;
  private long streamsAwayUntil = -1;
  private double failures = 0.002;
  private double messageLoss = 0.15;
  private boolean calm;
  private Duration slow = Duration.ZERO;

  Weather(Timeline timeline, Random random) {
    this.timeline = timeline;
    this.random = random;
  }

  Random random() {
    return random;
  }

  /** From now on everything works, if not at once. */
  void clearUp() {
    calm = true;
    storeAwayUntil = -1;
    storeRefusesUntil = -1;
    queueAwayUntil = -1;
    streamsAwayUntil = -1;
    failures = 0;
  }

  /** No call fails, none takes time, no message is lost. */
  void makePerfect() {
    clearUp();
    messageLoss = 0;
  }

  void storeAway(Duration time) {
    storeAwayUntil = timeline.now() + time.toNanos();
  }

  /** Every way to a server takes that long. */
  void storeSlow(Duration each) {
    slow = each;
  }

  /** The store is there, but refuses whatever it is asked: a login, a right. */
  void storeRefuses(Duration time) {
    storeRefusesUntil = timeline.now() + time.toNanos();
  }

  boolean doesStoreRefuse() {
    return timeline.now() < storeRefusesUntil;
  }

  void queueAway(Duration time) {
    queueAwayUntil = timeline.now() + time.toNanos();
  }

  void streamsAway(Duration time) {
    streamsAwayUntil = timeline.now() + time.toNanos();
  }

  boolean isStoreAway() {
    return timeline.now() < storeAwayUntil;
  }

  boolean isQueueAway() {
    return timeline.now() < queueAwayUntil;
  }

  boolean areStreamsAway() {
    return timeline.now() < streamsAwayUntil;
  }

  /** Whether a body that may bring its process down does. */
  boolean mayKill() {
    return !calm && random.nextDouble() < 0.3;
  }

  /** Whether a call fails although everything is there. */
  boolean failsByItself() {
    return random.nextDouble() < failures;
  }

  boolean losesMessage() {
    return random.nextDouble() < messageLoss;
  }

  boolean doublesMessage() {
    return messageLoss > 0 && random.nextDouble() < 0.15;
  }

  /** One way to a server. */
  void travel() {
    timeline.checkAlive();
    if (messageLoss == 0) {
      if (slow.isPositive()) {
        timeline.sleep(slow);
      }
      return;
    }
    double dice = random.nextDouble();
    if (dice < 0.3) {
      timeline.sleep(Duration.ofNanos(random.nextLong(100_000, 10_000_000)));
    } else if (dice < 0.31) {
      timeline.sleep(Duration.ofMillis(random.nextLong(10, calm ? 100 : 900)));
    }
  }

  /** How long a caller waits before it believes that nobody answers. */
  void waitInVain() {
    timeline.sleep(Duration.ofMillis(random.nextLong(1, 1_500)));
  }

  Duration messageDelay() {
    if (messageLoss == 0) {
      return Duration.ZERO;
    }
    double dice = random.nextDouble();
    long most = dice < 0.8 ? 20 : dice < 0.97 ? 2_000 : 20_000;
    return Duration.ofMillis(random.nextLong(most));
  }
}
