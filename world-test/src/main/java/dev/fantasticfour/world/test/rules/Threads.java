package dev.fantasticfour.world.test.rules;

import java.util.Optional;
import java.util.Set;

/** Knows the calls that start threads, hold them, or wait for others. */
final class Threads {

  private static final String CONCURRENT = "java/util/concurrent/";

  private static final Set<String> THREAD =
      Set.of("<init>", "start", "startVirtualThread", "ofVirtual", "ofPlatform", "join", "yield");

  private static final Set<String> TIMED =
      Set.of("orTimeout", "completeOnTimeout", "delayedExecutor");

  private static final Set<String> EXECUTORS =
      Set.of(
          CONCURRENT + "Executors",
          CONCURRENT + "Executor",
          CONCURRENT + "ExecutorService",
          CONCURRENT + "ScheduledExecutorService",
          CONCURRENT + "AbstractExecutorService",
          CONCURRENT + "ThreadPoolExecutor",
          CONCURRENT + "ScheduledThreadPoolExecutor",
          CONCURRENT + "ForkJoinPool",
          CONCURRENT + "ForkJoinTask",
          CONCURRENT + "ExecutorCompletionService",
          CONCURRENT + "StructuredTaskScope");

  private static final Set<String> LOCKS =
      Set.of(
          CONCURRENT + "Semaphore",
          CONCURRENT + "CountDownLatch",
          CONCURRENT + "CyclicBarrier",
          CONCURRENT + "Phaser",
          CONCURRENT + "Exchanger");

  private static final Set<String> LOCKING =
      Set.of(
          "lock",
          "lockInterruptibly",
          "tryLock",
          "readLock",
          "writeLock",
          "tryReadLock",
          "tryWriteLock",
          "tryOptimisticRead",
          "park",
          "parkNanos",
          "parkUntil",
          "signal",
          "signalAll",
          "acquire",
          "acquireUninterruptibly",
          "tryAcquire",
          "release",
          "countDown",
          "getCount",
          "await",
          "awaitNanos",
          "awaitUntil",
          "awaitUninterruptibly",
          "awaitAdvance",
          "arrive",
          "arriveAndAwaitAdvance",
          "exchange",
          "availablePermits");

  private Threads() {}

  static Optional<Remark> remark(Instruction.Call call, String owner) {
    String name = call.name();
    if (isSleep(owner, name)) {
      return Optional.of(Remark.SLEEP);
    }
    if (isParallel(owner, name)) {
      return Optional.of(Remark.PARALLEL);
    }
    if (isLock(owner, name)) {
      return Optional.of(Remark.LOCK);
    }
    return isThread(owner, name) ? Optional.of(Remark.THREAD) : Optional.empty();
  }

  private static boolean isSleep(String owner, String name) {
    return name.equals("sleep")
        && (owner.equals("java/lang/Thread") || owner.equals(CONCURRENT + "TimeUnit"));
  }

  private static boolean isParallel(String owner, String name) {
    return name.equals("parallelStream")
        || (name.equals("parallel") && owner.startsWith("java/util/stream/"));
  }

  private static boolean isLock(String owner, String name) {
    boolean ofObject = name.equals("wait") || name.equals("notify") || name.equals("notifyAll");
    boolean ofQueue = name.equals("put") || name.equals("take");
    return (LOCKING.contains(name)
            && (LOCKS.contains(owner) || owner.startsWith(CONCURRENT + "locks/")))
        || (ofObject && owner.equals("java/lang/Object"))
        || (ofQueue && owner.startsWith(CONCURRENT) && owner.matches(".*(Queue|Deque)"));
  }

  private static boolean isThread(String owner, String name) {
    return switch (owner) {
      case "java/lang/Thread" -> THREAD.contains(name);
      case "java/util/Timer" -> true;
      case CONCURRENT + "CompletableFuture", CONCURRENT + "CompletionStage" ->
          name.endsWith("Async") || TIMED.contains(name);
      default -> EXECUTORS.contains(owner);
    };
  }
}
