package dev.fantasticfour.world.tck.wrong;

import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.memory.MemoryQueue;
import dev.fantasticfour.world.core.memory.MemoryQueueStore;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.tck.Harness;
import dev.fantasticfour.world.tck.MovableClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** The wrong queues, each a small change of the right one. */
public final class WrongQueues {

  private WrongQueues() {}

  /** All of them. */
  public static List<WrongCase> all() {
    return List.of(
        sharing(
            "a message is done with when it is handed out",
            "Q-4",
            "Q-12",
            () -> {
              var held = WrongQueue.<String>nothing();
              return inner -> WrongQueue.acknowledgingFirst(inner, held);
            }),
        wrong("again after no time is done", "Q-7", "Q-8", WrongQueue::takingAgainNowForDone),
        wrong("to be wanted again is a failure", "Q-8", "Q-7 Q-24", WrongQueue::countingAgain),
        wrong(
            "what is to come later never comes",
            "4.3",
            "Q-3 Q-21 Q-27 Q-28 L9",
            WrongQueue::losingDelayed),
        wrong(
            "what is to come later comes at once",
            "4.3",
            "Q-3 Q-21 Q-27 Q-29",
            WrongQueue::ignoringDelays),
        wrong("all messages are as urgent", "4.3", "", WrongQueue::ignoringPriorities),
        wrong("keys are not looked at", "Q-20", "Q-21 Q-24 Q-25 Q-27", WrongQueue::ignoringKeys),
        sharing(
            "a key that was used is never free again",
            "Q-23",
            "",
            () -> {
              var used = WrongQueue.<String>nothing();
              return inner -> WrongQueue.keepingKeys(inner, used);
            }),
        sharing(
            "a message with a key that failed is taken for its own duplicate",
            "Q-24",
            "Q-23",
            () -> {
              var keys = new ConcurrentHashMap<String, String>();
              return inner -> WrongQueue.losingKeyedFailures(inner, keys);
            }),
        sharing(
            "a message that is sent again is stored again",
            "Q-16",
            "",
            () -> {
              var sent = new ConcurrentHashMap<String, Integer>();
              return inner -> WrongQueue.ignoringIds(inner, sent);
            }),
        wrong("a message comes again under another id", "Q-16", "Q-4 Q-5", WrongQueue::renaming),
        wrong("what is done is not missing", "Q-27", "", WrongQueue::missingNothing),
        wrong("what is handled is missing", "Q-27", "", WrongQueue::missingWhatIsHandled),
        wrong("a slow handler meets its double", "Q-12", "Q-4 Q-14 Q-20", WrongQueue::losingLeases),
        // Of handlers that run side by side nobody knows which says first what it was given.
        wrong("more handlers run than were granted", "Q-14", "4.3", WrongQueue::withoutBound),
        wrong(
            "dead letters are counted and gone",
            "Q-10",
            "PAG-1 Q-28 Q-29",
            WrongQueue::droppingTheDead),
        wrong("what is dropped is there", "Q-29", "Q-28", WrongQueue::droppingNothing),
        wrong("a queue is told of while it waits only", "Q-28", "", WrongQueue::tellingOfReady),
        wrong("headers get lost", "Q-4", "", WrongQueue::droppingHeaders));
  }

  /** The right one. */
  public static Harness<Queue> right() {
    return over(CrashableQueue::new);
  }

  private static Harness<Queue> over(Function<MemoryQueue, CrashableQueue> wrong) {
    MovableClock clock = new MovableClock();
    MemoryQueueStore store = new MemoryQueueStore(clock, Duration.ofMillis(1));
    return Harness.<Queue>of(() -> wrong.apply(new MemoryQueue(store, new SystemMachine())))
        .withCrash(queue -> ((CrashableQueue) queue).crash())
        .withTime(
            by -> {
              clock.move(by);
              store.poke();
            });
  }

  private static WrongCase wrong(
      String name, String rule, String also, Function<MemoryQueue, CrashableQueue> wrong) {
    return sharing(name, rule, also, () -> wrong);
  }

  /** With something that all instances over one store share. */
  private static WrongCase sharing(
      String name,
      String rule,
      String also,
      Supplier<Function<MemoryQueue, CrashableQueue>> wrong) {
    return new WrongCase(name, Queue.class, () -> over(wrong.get()), rule, WrongCase.words(also));
  }
}
