package dev.fantasticfour.world.postgres.attack;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.postgres.PostgresStorageOpener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/** What one JVM does to the store: two actors at a time, each a few moves a round. */
final class Side implements AutoCloseable {

  private static final int ACTORS = 2;
  private static final int MOVES = 2;

  private final Storage storage;
  private final Storage ahead;
  private final Caller caller;
  private final Custody custody;
  private final Batches batches;
  private final Memory memory = new Memory();
  private final long seed;
  private final ExecutorService actors = Executors.newFixedThreadPool(ACTORS);

  Side(String name, String url, long seed) {
    WorldConfig config = WorldConfig.defaults().withConnectionString(url);
    this.seed = seed;
    storage = new PostgresStorageOpener(config.withPoolSize(4)).open();
    ahead =
        new PostgresStorageOpener(config.withPoolSize(4))
            .clockOffset(() -> Duration.ofHours(1))
            .open();
    caller = new Caller(storage);
    custody = new Custody(name, storage, ahead);
    batches = new Batches(name);
  }

  Storage storage() {
    return storage;
  }

  /** Makes a run that this side owns, under a token that a run before it may have had. */
  Answer create(RunId run, String token) {
    WorkerId me = custody.living();
    Batch creation = batches.creation(run, me, token);
    AppendResult result = caller.append(List.of(creation)).getFirst();
    custody.tookOver(run, new Custody.Claim(me, 1));
    return memory.judge(creation, result);
  }

  /** The moves of a round, all at once; what became of their batches. */
  List<Answer> round(int round, List<RunId> runs, List<String> tokens) throws InterruptedException {
    List<Future<List<Answer>>> acting = new ArrayList<>();
    for (int actor = 0; actor < ACTORS; actor++) {
      long number = actor;
      Random random = new Random(seed ^ (round * 1_000_003L + number * 7919));
      boolean twins = number == 0 && round % 3 == 0;
      acting.add(
          actors.submit(
              () -> {
                List<Answer> answers = new ArrayList<>();
                if (twins) {
                  answers.addAll(send(List.of(Batches.twin(round, tokens.getFirst()))));
                }
                for (int move = 0; move < MOVES; move++) {
                  answers.addAll(move(random, runs, tokens));
                }
                return answers;
              }));
    }
    List<Answer> answers = new ArrayList<>();
    for (Future<List<Answer>> actor : acting) {
      try {
        answers.addAll(actor.get());
      } catch (ExecutionException e) {
        answers.add(Answer.ofFault("in round " + round, e.getCause().toString()));
      }
    }
    return answers;
  }

  private List<Answer> move(Random random, List<RunId> runs, List<String> tokens) {
    int kind = random.nextInt(20);
    if (kind == 0) {
      custody.retire();
      return List.of();
    }
    if (kind == 1) {
      custody.buryOthers();
      return List.of();
    }
    if (kind < 5) {
      custody.take(runs);
      return List.of();
    }
    if (kind < 8) {
      return memory.any(random).map(said -> send(List.of(said))).orElse(List.of());
    }
    List<Batch> list = new ArrayList<>();
    int size = kind < 12 ? 2 + random.nextInt(5) : 1;
    for (int i = 0; i < size; i++) {
      list.add(batch(random, one(random, runs), one(random, tokens)));
    }
    return send(list);
  }

  private List<Answer> send(List<Batch> list) {
    List<AppendResult> results = caller.append(list);
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      answers.add(memory.judge(list.get(i), results.get(i)));
    }
    return answers;
  }

  private Batch batch(Random random, RunId run, String token) {
    int kind = random.nextInt(24);
    int back = random.nextInt(8);
    boolean well = random.nextBoolean();
    String hook = random.nextBoolean() ? Batches.DESK : anyHook(random, run);
    if (kind < 5) {
      return batches.toToken(random.nextBoolean() ? token : run + "-bell");
    }
    if (kind < 8) {
      return batches.toHook(run, hook);
    }
    if (kind < 10) {
      return batches.cancel(run);
    }
    Supplier<Batch> otherwise =
        () -> kind == 10 ? batches.terminate(run) : batches.toToken(run + "-bell");
    return kind == 10
        ? otherwise.get()
        : custody
            .claimOf(run)
            .map(claim -> ofOwner(kind, run, hook, well, claim, seen(run, back)))
            .orElseGet(otherwise);
  }

  private Batch ofOwner(
      int kind, RunId run, String hook, boolean well, Custody.Claim claim, long seen) {
    if (kind < 15) {
      return batches.disposal(run, hook, claim, seen);
    }
    if (kind < 18) {
      return batches.newHook(run, claim, seen);
    }
    return kind < 21 ? batches.work(run, claim, seen) : batches.end(run, well, claim, seen);
  }

  /** Mostly what is true, sometimes a little behind. */
  private long seen(RunId run, int back) {
    long last = caller.ask(s -> s.run(run)).map(RunRecord::lastPosition).orElse(0L);
    return Math.max(0, last - (back < 3 ? back : 0));
  }

  private String anyHook(Random random, RunId run) {
    List<HookRecord> live = caller.ask(s -> s.hooks(run, PageRequest.oldestFirst())).items();
    int number = random.nextInt(100);
    return live.isEmpty() ? Batches.DESK : live.get(number % live.size()).id();
  }

  private static <T> T one(Random random, List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  @Override
  public void close() {
    actors.shutdownNow();
    storage.close();
    ahead.close();
  }
}
