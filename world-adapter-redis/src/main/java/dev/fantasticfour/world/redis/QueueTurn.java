package dev.fantasticfour.world.redis;

import dev.fantasticfour.world.core.port.Queue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** The one exchange of a consumer with its queue: answers and renewals out, messages in. */
final class QueueTurn {

  /**
   * @param claimed what now belongs to this consumer
   * @param due until a delayed message or another's lease is due; negative when there is none
   * @param left ready messages that were not claimed
   * @param refused answers whose lease was lost
   */
  record Result(List<Claimed> claimed, Duration due, long left, long refused) {}

  /** A message under a lease, its body not yet read. */
  record Claimed(ReceiptHandle receipt, int attempt, byte[] body) {}

  private final RedisConnection connection;
  private final String queue;
  private final List<String> keys;
  private final QueueSettings settings;
  private final String consumer = UUID.randomUUID().toString();
  private long claims;

  QueueTurn(RedisConnection connection, RedisKeys keys, String queue, QueueSettings settings) {
    this.connection = connection;
    this.queue = queue;
    this.keys = keys.queue(queue);
    this.settings = settings;
  }

  /**
   * For one thread at a time.
   *
   * @param wanted most messages to claim
   * @param renewals leases to prolong
   */
  Result take(int wanted, List<Acknowledgement> answers, Collection<ReceiptHandle> renewals) {
    Map<Boolean, List<Acknowledgement>> byDone =
        answers.stream().collect(Collectors.partitioningBy(Acknowledgement::isDone));
    List<Acknowledgement> done = byDone.getOrDefault(true, List.of());
    List<Acknowledgement> others = byDone.getOrDefault(false, List.of());
    // Never used twice: a message of the same id after a wipe has another owner.
    String token = consumer + ":" + ++claims;
    ScriptArguments arguments =
        new ScriptArguments()
            .add(wanted)
            .add(token)
            .add(settings.lease().toMillis())
            .add(settings.firstPause().toMillis())
            .add(settings.greatestPause().toMillis())
            .add(Queue.MAX_ATTEMPTS)
            .add(done.size())
            .add(others.size())
            .add(QueueSettings.unusedMillis(queue));
    done.forEach(answer -> add(arguments, answer.receipt()));
    for (Acknowledgement answer : others) {
      add(arguments, answer.receipt())
          .add(answer.disposition().word())
          .add(answer.number())
          .add(answer.text());
    }
    renewals.forEach(receipt -> add(arguments, receipt));
    ScriptReply reply =
        connection.call("consume queue '" + queue + "'", LuaScript.TURN, keys, arguments);
    Duration due = Duration.ofMillis(reply.number());
    long left = reply.number();
    long refused = reply.number();
    List<Claimed> claimed = new ArrayList<>();
    while (reply.hasNext()) {
      claimed.add(
          new Claimed(new ReceiptHandle(reply.text(), token), (int) reply.number(), reply.bytes()));
    }
    return new Result(claimed, due, left, refused);
  }

  private static ScriptArguments add(ScriptArguments arguments, ReceiptHandle receipt) {
    return arguments.add(receipt.id()).add(receipt.token());
  }
}
