package dev.fantasticfour.world.bench.row;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.config.RedisOptions;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.bench.report.Comparison;
import dev.fantasticfour.world.bench.report.Objective;
import dev.fantasticfour.world.bench.subject.PlainRedis;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.redis.guice.RedisQueueProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Row f: the queue alone, beside what a list of Redis costs without a queue on it. */
public final class MessageRow implements Row {

  private static final String ROW = "f";
  private static final String QUEUE = "bench";
  private static final int CALLERS = 1_000;
  private static final int HANDLERS = 256;
  private static final int CONNECTIONS = 50;
  private static final double LEAST_OF_LPUSH = 0.45;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Payload BODY = Payload.json("{\"run\":\"wrun_01ARZ3NDEKTSV4RRFFQ69G5FAV\"}");

  @Override
  public List<Comparison> measure(Bench bench) throws Exception {
    WorldConfig config =
        WorldConfig.defaults()
            .withRedis(RedisOptions.ofUrl(bench.servers().redisAddress().toString()))
            .withJobPrefix(bench.servers().freshPrefix());
    int messages = bench.plan().messages();
    String what = "enqueue + claim + acknowledge";
    AtomicReference<CountDownLatch> left = new AtomicReference<>(new CountDownLatch(0));
    try (Queue queue = new RedisQueueProvider().open(config);
        PlainRedis plain =
            new PlainRedis(
                bench.servers().redisAddress(), CONNECTIONS, bench.servers().freshPrefix())) {
      queue.subscribe(
          QUEUE,
          HANDLERS,
          delivery -> {
            left.get().countDown();
            return Queue.Answer.DONE;
          });
      RoundRobin turns =
          RoundRobin.take(
              bench,
              "f, " + what,
              List.of(
                  new Contestant(
                      "World",
                      () -> pass(queue, left, messages),
                      () -> new Contestant.Result(messages, pass(queue, left, messages))),
                  new Contestant(
                      "LPUSH",
                      () -> plain.push(messages / 4),
                      () -> new Contestant.Result(messages, plain.push(messages))),
                  new Contestant(
                      "RPOP",
                      () -> plain.pop(messages / 4),
                      () -> new Contestant.Result(messages, plain.pop(messages)))));
      String note =
          "World: "
              + CALLERS
              + " callers who each wait until their message is stored, and "
              + HANDLERS
              + " handlers; a message counts once it is acknowledged by its handler. Plain Redis: "
              + CONNECTIONS
              + " connections, each with a thread of its own that waits for every answer (Jedis),"
              + " one operation a message.";
      return List.of(
          turns
              .compare(ROW, what, "messages/s", 0, "World", "LPUSH")
              .target(Objective.ratioAtLeast(LEAST_OF_LPUSH))
              .note(note),
          turns.compare(ROW, what, "messages/s", 0, "World", "RPOP").note(note));
    }
  }

  /** Passes messages through, and tells how many a second. */
  private static double pass(Queue queue, AtomicReference<CountDownLatch> left, int messages)
      throws Exception {
    IdSource ids = IdSource.of(new SystemMachine());
    CountDownLatch all = new CountDownLatch(messages);
    left.set(all);
    long began = System.nanoTime();
    Load.callers(
        CALLERS,
        messages,
        PATIENCE,
        () ->
            queue.enqueue(
                List.of(
                    new Queue.Message(
                        ids.message(), QUEUE, BODY, Map.of(), Duration.ZERO, null, 0))));
    if (!all.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException(all.getCount() + " messages have not arrived");
    }
    return messages * 1e9 / (System.nanoTime() - began);
  }
}
