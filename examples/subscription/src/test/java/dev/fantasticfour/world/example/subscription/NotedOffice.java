package dev.fantasticfour.world.example.subscription;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Notes what it was asked for, and refuses, fails or stops where a test wants it to. */
final class NotedOffice implements BackOffice {

  /** What was charged, and when. */
  record Charged(Bill bill, Instant on) {}

  final List<Charged> charged = new CopyOnWriteArrayList<>();
  final List<Instant> letters = new CopyOnWriteArrayList<>();
  final List<String> keys = new CopyOnWriteArrayList<>();
  private final InstantSource clock;
  private final Map<String, Answer> known = new ConcurrentHashMap<>();
  private final Set<String> refused = ConcurrentHashMap.newKeySet();
  private final Set<Integer> failing = ConcurrentHashMap.newKeySet();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile int stop = -1;

  NotedOffice(InstantSource clock) {
    this.clock = clock;
  }

  /** A card that is refused from now on. */
  void refuse(String card) {
    refused.add(card);
  }

  /** That period is charged, and nobody hears of it, once. */
  void loseTheAnswerTo(int period) {
    failing.add(period);
  }

  /** Charging that period does not end by itself. */
  void stopAt(int period) {
    stop = period;
  }

  void awaitStop() throws InterruptedException {
    stopped.await();
  }

  List<Integer> periods() {
    return charged.stream().map(each -> each.bill().period()).toList();
  }

  @Override
  public Answer charge(Bill bill, String idempotencyKey) throws IOException, InterruptedException {
    if (bill.period() == stop) {
      stopped.countDown();
      new CountDownLatch(1).await();
    }
    keys.add(idempotencyKey);
    Answer answer = known.computeIfAbsent(idempotencyKey, key -> answer(bill, key));
    if (failing.remove(bill.period())) {
      throw new IOException("nobody answers");
    }
    return answer;
  }

  private Answer answer(Bill bill, String key) {
    if (refused.contains(bill.card())) {
      return Answer.refused("not with the " + bill.card());
    }
    charged.add(new Charged(bill, clock.instant()));
    return Answer.paid(key);
  }

  @Override
  public String remind(Bill bill, String refusal, String idempotencyKey) {
    letters.add(clock.instant());
    return idempotencyKey;
  }
}
