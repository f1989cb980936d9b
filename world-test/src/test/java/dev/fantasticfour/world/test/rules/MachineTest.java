package dev.fantasticfour.world.test.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import java.io.File;
import java.io.FileInputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/** What code of workflows asks the machine for is found, and what only looks like that is not. */
@SuppressWarnings("unused")
final class MachineTest {

  @Test
  void theTimeOfTheMachineIsFound() {
    assertThat(Looking.wrongIn(TakesTime.class))
        .containsExactly(
            "System.currentTimeMillis()",
            "System.nanoTime()",
            "Instant.now()",
            "LocalDate.now()",
            "LocalDate.now()",
            "Clock.systemUTC()",
            "new Date()");
    assertThat(Looking.violationsIn(TakesTime.class))
        .contains(
            Looking.placeOf(TakesTime.class, "run", "nanoTime")
                + ": System.nanoTime() takes the time of the machine; use ctx.now()");
  }

  static final class TakesTime implements Workflow<String, String> {
    @Override
    public String run(WorkflowContext ctx, String input) {
      long millis = System.currentTimeMillis();
      long nanos = System.nanoTime();
      Instant instant = Instant.now();
      LocalDate day = LocalDate.now();
      LocalDate there = LocalDate.now(ZoneOffset.UTC);
      Clock clock = Clock.systemUTC();
      return "" + millis + nanos + instant + day + there + clock + new Date();
    }
  }

  @Test
  void timeThatWasGivenIsNoTimeOfTheMachine() {
    assertThat(Looking.violationsIn(CountsTime.class)).isEmpty();
  }

  static final class CountsTime implements Workflow<Long, String> {
    @Override
    public String run(WorkflowContext ctx, Long input) {
      Clock clock = Clock.fixed(ctx.now(), ZoneOffset.UTC);
      return "" + new Date(input) + LocalDate.now(clock) + Instant.ofEpochMilli(input);
    }
  }

  @Test
  void chanceIsFound() {
    assertThat(Looking.wrongIn(TakesChances.class))
        .containsExactly(
            "Math.random()",
            "new Random()",
            "ThreadLocalRandom.current()",
            "new SecureRandom()",
            "new SplittableRandom()",
            "UUID.randomUUID()",
            "Collections.shuffle()");
    assertThat(Looking.violationsIn(TakesChances.class))
        .contains(
            Looking.placeOf(TakesChances.class, "run", "random")
                + ": Math.random() is another in every replay; use ctx.random()",
            Looking.placeOf(TakesChances.class, "run", "randomUUID")
                + ": UUID.randomUUID() is another in every replay; use ctx.uuid()");
  }

  static final class TakesChances implements Workflow<String, String> {
    @Override
    public String run(WorkflowContext ctx, String input) {
      double number = Math.random();
      Random random = new Random();
      ThreadLocalRandom local = ThreadLocalRandom.current();
      SecureRandom secure = new SecureRandom();
      SplittableRandom split = new SplittableRandom();
      UUID id = UUID.randomUUID();
      List<String> list = new ArrayList<>(List.of(input));
      Collections.shuffle(list);
      return "" + number + random + local + secure + split + id + list;
    }
  }

  @Test
  void chanceWithASeedAndThatOfTheContextAreNotFound() {
    assertThat(Looking.violationsIn(TakesNoChances.class)).isEmpty();
  }

  static final class TakesNoChances implements Workflow<String, String> {
    @Override
    public String run(WorkflowContext ctx, String input) {
      List<Integer> list = new ArrayList<>(List.of(1, 2));
      Collections.shuffle(list, new Random(ctx.random().nextLong()));
      return ctx.uuid() + UUID.nameUUIDFromBytes(new byte[3]).toString() + list;
    }
  }

  @Test
  void aGeneratorThatAllRunsShareIsFound() {
    assertThat(Looking.wrongIn(SharesChance.class))
        .containsExactly("Random.nextInt()", "Random.nextLong()");
  }

  static final class SharesChance implements Workflow<String, String> {
    private static final Random OF_ALL = new Random();
    private final Random random = new Random(3);

    @Override
    public String run(WorkflowContext ctx, String input) {
      int number = random.nextInt(3);
      return "" + number + OF_ALL.nextLong();
    }
  }

  @Test
  void threadsAreFound() {
    assertThat(Looking.wrongIn(StartsThreads.class))
        .containsExactly(
            "Thread.sleep()",
            "TimeUnit.sleep()",
            "new Thread()",
            "Thread.start()",
            "Thread.startVirtualThread()",
            "Executors.newCachedThreadPool()",
            "ExecutorService.execute()",
            "CompletableFuture.supplyAsync()",
            "CompletableFuture.thenApplyAsync()",
            "List.parallelStream()",
            "Stream.parallel()");
    assertThat(Looking.violationsIn(StartsThreads.class))
        .anyMatch(line -> line.endsWith("use ctx.sleep(…)"))
        .anyMatch(line -> line.contains("use ctx.all(…), ctx.map(…) or ctx.scope()"))
        .anyMatch(line -> line.endsWith("use a stream that is not parallel, or ctx.map(…)"));
  }

  static final class StartsThreads implements Workflow<List<String>, String> {
    @Override
    public String run(WorkflowContext ctx, List<String> input) throws Exception {
      Thread.sleep(3);
      TimeUnit.SECONDS.sleep(3);
      new Thread(() -> {}).start();
      Thread.startVirtualThread(() -> {}).interrupt();
      ExecutorService executor = Executors.newCachedThreadPool();
      executor.execute(() -> {});
      CompletableFuture<String> future =
          CompletableFuture.supplyAsync(() -> "").thenApplyAsync(text -> text + 1);
      return future.get() + input.parallelStream().count() + input.stream().parallel().count();
    }
  }

  @Test
  void locksAreFound() {
    assertThat(Looking.wrongIn(Locks.class))
        .containsExactly(
            "ReentrantLock.lock()",
            "Semaphore.acquire()",
            "CountDownLatch.await()",
            "a",
            "Object.wait()",
            "a");
    assertThat(Looking.violationsIn(Locks.class))
        .anyMatch(line -> line.contains("Locks.run") && line.contains("atOnce(n)"))
        .anyMatch(line -> line.contains("Locks.run") && line.contains("a synchronized block"))
        .anyMatch(line -> line.contains("Locks.safe") && line.contains("a synchronized method"));
  }

  static final class Locks implements Workflow<String, String> {
    private final ReentrantLock lock = new ReentrantLock();
    private final Semaphore semaphore = new Semaphore(1);
    private final CountDownLatch latch = new CountDownLatch(1);

    @Override
    public String run(WorkflowContext ctx, String input) throws Exception {
      lock.lock();
      semaphore.acquire();
      latch.await();
      synchronized (lock) {
        lock.wait();
      }
      return safe(input);
    }

    private synchronized String safe(String text) {
      return text;
    }
  }

  @Test
  void whatReachesOutsideIsFound() {
    assertThat(Looking.wrongIn(ReachesOutside.class))
        .containsExactly(
            "Files.readString()",
            "new FileInputStream()",
            "File.exists()",
            "InetAddress.getLocalHost()",
            "URL.openStream()",
            "DriverManager.getConnection()",
            "Connection.close()",
            "System.in",
            "System.getenv()",
            "System.getProperty()",
            "Boolean.getBoolean()");
    assertThat(Looking.violationsIn(ReachesOutside.class))
        .contains(
            Looking.placeOf(ReachesOutside.class, "run", "readString")
                + ": Files.readString() reaches outside, again in every replay; do it in"
                + " ctx.step(…)",
            Looking.placeOf(ReachesOutside.class, "run", "getenv")
                + ": System.getenv() asks the machine, and the next one may say something else;"
                + " take it from the input, or ask in ctx.step(…)");
  }

  static final class ReachesOutside implements Workflow<String, Object> {
    @Override
    public Object run(WorkflowContext ctx, String input) throws Exception {
      Object text = Files.readString(Path.of(input));
      Object file = new FileInputStream(input);
      Object there = new File(input).exists();
      Object host = InetAddress.getLocalHost();
      Object page = URI.create(input).toURL().openStream();
      Connection connection = DriverManager.getConnection(input);
      connection.close();
      Object in = System.in;
      Object home = System.getenv("HOME");
      Object property = System.getProperty("x");
      return List.of(text, file, there, host, page, in, home, property, Boolean.getBoolean("x"));
    }
  }

  @Test
  void whatIsPrintedAndWhatIsDefaultIsWarnedOf() {
    assertThat(Looking.violationsIn(Prints.class)).isEmpty();
    assertThat(Looking.warningsIn(Prints.class))
        .containsExactly(
            Looking.placeOf(Prints.class, "run", "println")
                + ": what PrintStream.println() writes is printed again in every replay; use"
                + " ctx.logger()",
            Looking.placeOf(Prints.class, "run", "systemDefault")
                + ": ZoneId.systemDefault() is a setting of the machine, and the next one may have"
                + " another; name the one you mean",
            Looking.placeOf(Prints.class, "run", "getDefault")
                + ": Locale.getDefault() is a setting of the machine, and the next one may have"
                + " another; name the one you mean");
  }

  static final class Prints implements Workflow<String, String> {
    @Override
    public String run(WorkflowContext ctx, String input) {
      System.out.println(input);
      return input + ZoneId.systemDefault() + Locale.getDefault();
    }
  }
}
