package dev.fantasticfour.world.tck.wrong;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.core.memory.MemoryQueue;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Queue.Answer;
import dev.fantasticfour.world.core.port.Queue.Delivery;
import dev.fantasticfour.world.core.port.Queue.Handler;
import dev.fantasticfour.world.core.port.Queue.Message;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The ways to deliver messages wrongly. */
final class WrongQueue {

  private static final Duration SOON = Duration.ofMillis(40);

  private WrongQueue() {}

  /** Stores something else than what it was given. */
  private static CrashableQueue storing(
      MemoryQueue inner, Function<List<Message>, List<Message>> wrong) {
    return new CrashableQueue(inner) {
      @Override
      public void enqueue(List<Message> messages) {
        inner.enqueue(wrong.apply(messages));
      }
    };
  }

  private static CrashableQueue storingEach(MemoryQueue inner, UnaryOperator<Message> wrong) {
    return storing(inner, messages -> messages.stream().map(wrong).toList());
  }

  private static Message with(Message m, String id, Duration delay, String key, int priority) {
    return new Message(id, m.queue(), m.body(), m.headers(), delay, key, priority);
  }

  /** Handles in another way than the handler that it was given. */
  private static CrashableQueue handling(MemoryQueue inner, UnaryOperator<Handler> wrong) {
    return new CrashableQueue(inner) {
      @Override
      public Subscription subscribe(String queue, int concurrency, Handler handler) {
        return inner.subscribe(queue, concurrency, wrong.apply(handler));
      }
    };
  }

  /**
   * A message is done with when it is handed out: it comes again when its handler says so, but not
   * when its handler is gone.
   *
   * @param held what handlers had that never answered, shared by all instances over one store
   */
  static CrashableQueue acknowledgingFirst(MemoryQueue inner, Set<String> held) {
    return handling(
        inner,
        handler ->
            delivery -> {
              if (!held.add(delivery.id())) {
                return Answer.DONE;
              }
              boolean gone = false;
              try {
                return handler.handle(delivery);
              } catch (InterruptedException e) {
                gone = true;
                throw e;
              } finally {
                if (!gone && !Thread.currentThread().isInterrupted()) {
                  held.remove(delivery.id());
                }
              }
            });
  }

  /** Again after no time is not again. */
  static CrashableQueue takingAgainNowForDone(MemoryQueue inner) {
    return handling(
        inner,
        handler ->
            delivery ->
                handler.handle(delivery) instanceof Answer.Again again && !again.after().isZero()
                    ? again
                    : Answer.DONE);
  }

  /** To be wanted again is a failure. */
  static CrashableQueue countingAgain(MemoryQueue inner) {
    return handling(
        inner,
        handler ->
            delivery -> {
              if (handler.handle(delivery) instanceof Answer.Again) {
                throw new IllegalStateException("wanted again");
              }
              return Answer.DONE;
            });
  }

  /** What is to come later never comes. */
  static CrashableQueue losingDelayed(MemoryQueue inner) {
    return storing(
        inner, messages -> messages.stream().filter(m -> m.delay().compareTo(SOON) < 0).toList());
  }

  /** What is to come later comes at once. */
  static CrashableQueue ignoringDelays(MemoryQueue inner) {
    return storingEach(inner, m -> with(m, m.id(), Duration.ZERO, m.key(), m.priority()));
  }

  /** All are as urgent. */
  static CrashableQueue ignoringPriorities(MemoryQueue inner) {
    return storingEach(inner, m -> with(m, m.id(), m.delay(), m.key(), 0));
  }

  /** Keys are not looked at. */
  static CrashableQueue ignoringKeys(MemoryQueue inner) {
    return storingEach(inner, m -> with(m, m.id(), m.delay(), null, m.priority()));
  }

  /** A message that is sent again is another one. */
  static CrashableQueue ignoringIds(MemoryQueue inner, Map<String, Integer> sent) {
    return storingEach(
        inner,
        m -> {
          int times = sent.merge(m.id(), 1, Integer::sum);
          return times == 1 ? m : with(m, m.id() + "-" + times, m.delay(), m.key(), m.priority());
        });
  }

  /**
   * A key that was used once is not free any more.
   *
   * @param used by queue and key, shared by all instances over one store
   */
  static CrashableQueue keepingKeys(MemoryQueue inner, Set<String> used) {
    return storing(
        inner,
        messages ->
            messages.stream()
                .filter(m -> m.key() == null || used.add(m.queue() + "\n" + m.key()))
                .toList());
  }

  /**
   * A message with a key whose handler has failed is taken for a duplicate of itself.
   *
   * @param keys of the messages, shared by all instances over one store
   */
  static CrashableQueue losingKeyedFailures(MemoryQueue inner, Map<String, String> keys) {
    return new CrashableQueue(inner) {
      @Override
      public void enqueue(List<Message> messages) {
        messages.forEach(
            m -> {
              if (m.key() != null) {
                keys.put(m.id(), m.key());
              }
            });
        inner.enqueue(messages);
      }

      @Override
      public Subscription subscribe(String queue, int concurrency, Handler handler) {
        return inner.subscribe(
            queue,
            concurrency,
            delivery ->
                delivery.attempt() > 1 && keys.containsKey(delivery.id())
                    ? Answer.DONE
                    : handler.handle(delivery));
      }
    };
  }

  /** What was sent once is said to be there. */
  static CrashableQueue missingNothing(MemoryQueue inner) {
    return new CrashableQueue(inner) {
      @Override
      public Set<String> missing(String queue, Collection<String> keys) {
        return Set.of();
      }
    };
  }

  /** What a handler has in hand is said to be gone. */
  static CrashableQueue missingWhatIsHandled(MemoryQueue inner) {
    return new CrashableQueue(inner) {
      @Override
      public Set<String> missing(String queue, Collection<String> keys) {
        return inner.stats(queue).inFlight() > 0 ? Set.copyOf(keys) : inner.missing(queue, keys);
      }
    };
  }

  /** A lease that is not renewed: a slow handler meets its double. */
  static CrashableQueue losingLeases(MemoryQueue inner) {
    return handling(
        inner,
        handler ->
            delivery -> {
              CountDownLatch answered = new CountDownLatch(1);
              Thread.ofVirtual().start(() -> doubleLater(inner, delivery, answered));
              try {
                return handler.handle(delivery);
              } finally {
                answered.countDown();
              }
            });
  }

  private static void doubleLater(Queue inner, Delivery delivery, CountDownLatch answered) {
    try {
      if (!delivery.id().endsWith("-double")
          && !answered.await(SOON.toMillis(), TimeUnit.MILLISECONDS)) {
        inner.enqueue(
            List.of(
                new Message(
                    delivery.id() + "-double",
                    delivery.queue(),
                    delivery.body(),
                    delivery.headers(),
                    Duration.ZERO,
                    null,
                    0)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** As many handlers as there are messages. */
  static CrashableQueue withoutBound(MemoryQueue inner) {
    return new CrashableQueue(inner) {
      @Override
      public Subscription subscribe(String queue, int concurrency, Handler handler) {
        return inner.subscribe(queue, concurrency * 10, handler);
      }
    };
  }

  /** A message comes again under another id. */
  static CrashableQueue renaming(MemoryQueue inner) {
    return handling(
        inner,
        handler ->
            delivery ->
                handler.handle(
                    new Delivery(
                        delivery.id() + "-" + delivery.attempt(),
                        delivery.queue(),
                        delivery.body(),
                        delivery.headers(),
                        delivery.attempt())));
  }

  /** Dead letters are counted, and gone. */
  static CrashableQueue droppingTheDead(MemoryQueue inner) {
    return new CrashableQueue(inner) {
      @Override
      public Page<DeadLetter> dead(String queue, PageRequest page) {
        return new Page<>(List.of(), page.cursor(), false);
      }

      @Override
      public boolean revive(String queue, String messageId) {
        return false;
      }
    };
  }

  /** What is dropped is said to be gone. */
  static CrashableQueue droppingNothing(MemoryQueue inner) {
    return new CrashableQueue(inner) {
      @Override
      public boolean drop(String queue, String messageId) {
        return super.dead(queue, PageRequest.oldestFirst()).items().stream()
            .anyMatch(letter -> letter.id().equals(messageId));
      }
    };
  }

  /** Of a queue that has only what is to come later, or is dead, nobody is told. */
  static CrashableQueue tellingOfReady(MemoryQueue inner) {
    return new CrashableQueue(inner) {
      @Override
      public Set<String> queues() {
        return super.queues().stream()
            .filter(name -> stats(name).ready() > 0)
            .collect(Collectors.toSet());
      }
    };
  }

  /** Headers get lost. */
  static CrashableQueue droppingHeaders(MemoryQueue inner) {
    return storingEach(
        inner,
        m -> new Message(m.id(), m.queue(), m.body(), Map.of(), m.delay(), m.key(), m.priority()));
  }

  /** Names for what instances share. */
  static <T> Set<T> nothing() {
    return ConcurrentHashMap.newKeySet();
  }
}
