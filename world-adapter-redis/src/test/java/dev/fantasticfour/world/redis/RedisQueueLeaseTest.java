package dev.fantasticfour.world.redis;

import static dev.fantasticfour.world.redis.RedisFixture.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Queue.Answer;
import dev.fantasticfour.world.core.port.Queue.Message;
import dev.fantasticfour.world.redis.Acknowledgement.Disposition;
import dev.fantasticfour.world.redis.QueueTurn.Claimed;
import dev.fantasticfour.world.redis.QueueTurn.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Leases: renewed, fenced, collected. */
final class RedisQueueLeaseTest {

  private static final String Q = "q";
  private static final QueueSettings SHORT = RedisFixture.FAST.withLease(Duration.ofMillis(300));

  @RegisterExtension final RedisFixture redis = new RedisFixture();

  private QueueTurn turn(QueueSettings settings) {
    return new QueueTurn(RedisConnection.of(redis.client()), redis.keys(), Q, settings);
  }

  /** Claims one message as a process that then dies. */
  private Claimed claimAndDie(QueueSettings settings) {
    return turn(settings).take(1, List.of(), List.of()).claimed().getFirst();
  }

  @Test
  void aHandlerMayRunForThreeLeasesWithoutASecondDelivery() {
    RecordingHandler handler =
        new RecordingHandler(
            delivery -> {
              Thread.sleep(900);
              return Answer.DONE;
            });
    Queue queue = redis.queue(SHORT);
    queue.subscribe(Q, 1, handler);
    RecordingHandler idle = new RecordingHandler();

    queue.enqueue(List.of(message(Q, "1")));
    Eventually.assertThat(() -> assertThat(handler.count()).isEqualTo(1));
    redis.queue(SHORT).subscribe(Q, 1, idle);

    Eventually.assertThat(() -> assertThat(queue.stats(Q).inFlight()).isZero());
    assertThat(handler.count()).isEqualTo(1);
    assertThat(idle.count()).isZero();
    assertThat(redis.storedKeys()).isEmpty();
  }

  @Test
  void theMessageOfADeadProcessIsDeliveredAgainWithTheNextAttempt() {
    Queue queue = redis.queue(SHORT);
    Message message = message(Q, "1");
    queue.enqueue(List.of(message));
    long start = System.nanoTime();
    claimAndDie(SHORT);
    RecordingHandler handler = new RecordingHandler();

    queue.subscribe(Q, 1, handler);

    Eventually.assertThat(() -> assertThat(handler.attempts()).containsExactly(2));
    assertThat(handler.deliveries.getFirst().id()).isEqualTo(message.id());
    assertThat(Duration.ofNanos(handler.times.getFirst() - start))
        .isBetween(Duration.ofMillis(290), Duration.ofMillis(700));
  }

  @Test
  void anAnswerAfterTheLeaseWasLostChangesNothing() {
    Queue queue = redis.queue(SHORT);
    queue.enqueue(List.of(message(Q, "1", Duration.ZERO, "key")));
    QueueTurn zombie = turn(SHORT);
    Claimed lost = zombie.take(1, List.of(), List.of()).claimed().getFirst();
    QueueTurn heir = turn(SHORT.withLease(Duration.ofMinutes(1)));
    List<Claimed> inherited = new ArrayList<>();
    Eventually.assertThat(
        () -> {
          inherited.addAll(heir.take(1, List.of(), List.of()).claimed());
          assertThat(inherited).hasSize(1);
        });

    for (Disposition outcome : Disposition.values()) {
      Result result =
          zombie.take(
              0, List.of(Acknowledgement.of(outcome, lost.receipt())), List.of(lost.receipt()));
      assertThat(result.refused()).isEqualTo(1);
    }

    assertThat(queue.stats(Q)).matches(s -> s.inFlight() == 1 && s.ready() + s.dead() == 0);
    Result result =
        heir.take(
            0,
            List.of(Acknowledgement.of(Disposition.DONE, inherited.getFirst().receipt())),
            List.of());
    assertThat(result.refused()).isZero();
    assertThat(redis.storedKeys()).isEmpty();
  }

  @Test
  void aLateRenewalStillCountsWhileNobodyHasTakenTheMessage() {
    Queue queue = redis.queue(SHORT);
    queue.enqueue(List.of(message(Q, "1")));
    QueueTurn late = turn(SHORT.withLease(Duration.ofMillis(1)));
    Claimed held = late.take(1, List.of(), List.of()).claimed().getFirst();
    Eventually.assertStays(
        Duration.ofMillis(20), () -> assertThat(queue.stats(Q).inFlight()).isEqualTo(1));

    QueueTurn same = turn(SHORT.withLease(Duration.ofMinutes(1)));
    assertThat(same.take(1, List.of(), List.of(held.receipt())).claimed()).isEmpty();

    assertThat(queue.stats(Q).inFlight()).isEqualTo(1);
  }

  @Test
  void aMessageThatKillsEveryProcessEndsAsADeadLetter() {
    Queue queue = redis.queue();
    QueueSettings instant =
        RedisFixture.FAST
            .withLease(Duration.ofMillis(1))
            .withPauses(Duration.ofMillis(1), Duration.ofMillis(1));
    queue.enqueue(List.of(message(Q, "1")));
    QueueTurn dying = turn(instant);
    Set<Integer> attempts = new HashSet<>();

    Eventually.assertThat(
        () -> {
          dying.take(1, List.of(), List.of()).claimed().forEach(c -> attempts.add(c.attempt()));
          assertThat(queue.stats(Q).dead()).isEqualTo(1);
        });

    assertThat(attempts).hasSize(Queue.MAX_ATTEMPTS);
  }

  @Test
  void whatWasClaimedButNeverStartedCostsNoAttempt() {
    redis.queue().enqueue(List.of(message(Q, "1")));
    QueueTurn turn = turn(SHORT);
    Claimed claimed = turn.take(1, List.of(), List.of()).claimed().getFirst();

    turn.take(0, List.of(Acknowledgement.of(Disposition.UNTOUCHED, claimed.receipt())), List.of());

    assertThat(turn.take(1, List.of(), List.of()).claimed().getFirst().attempt()).isEqualTo(1);
  }

  @Test
  void everyMessageOutlivesConsumersThatComeAndGo() {
    int messages = 300;
    Set<String> handled = ConcurrentHashMap.newKeySet();
    Queue producer = redis.queue(SHORT);
    producer.enqueue(IntStream.range(0, messages).mapToObj(i -> message(Q, "" + i)).toList());

    for (int round = 0; handled.size() < messages && round < 500; round++) {
      claimAll(3);
      Queue.Subscription subscription =
          producer.subscribe(
              Q,
              8,
              delivery -> {
                Thread.sleep(ThreadLocalRandom.current().nextInt(5));
                handled.add(delivery.body().text());
                return Answer.DONE;
              });
      Eventually.assertStays(Duration.ofMillis(30), () -> {});
      subscription.close(Duration.ofMillis(round % 3));
    }

    assertThat(handled).hasSize(messages);
    Eventually.assertThat(() -> assertThat(producer.stats(Q).dead()).isZero());
  }

  private void claimAll(int count) {
    turn(SHORT).take(count, List.of(), List.of());
  }
}
