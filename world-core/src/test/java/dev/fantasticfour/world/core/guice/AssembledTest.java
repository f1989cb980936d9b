package dev.fantasticfour.world.core.guice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.AbstractModule;
import com.google.inject.Provider;
import com.google.inject.Singleton;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.memory.MemoryQueue;
import dev.fantasticfour.world.core.memory.MemoryStorage;
import dev.fantasticfour.world.core.memory.MemoryStreamer;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.core.port.forwarding.ForwardingQueue;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStorage;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStreamer;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Three ports that are opened at the same time, and some that cannot be opened. */
@Timeout(60)
class AssembledTest {

  private final Collection<String> tried = new ConcurrentLinkedQueue<>();
  private final Collection<String> closed = new ConcurrentLinkedQueue<>();
  private final CountDownLatch othersHaveFailed = new CountDownLatch(2);

  private final class OpenStorage extends ForwardingStorage {

    private OpenStorage() {
      super(new MemoryStorage(Instant::now));
      tried.add("storage");
    }

    @Override
    public void close() {
      closed.add("storage");
      super.close();
    }
  }

  private final class OpenQueue extends ForwardingQueue {

    private OpenQueue() {
      super(new MemoryQueue(new SystemMachine()));
      tried.add("queue");
    }

    @Override
    public void close() {
      closed.add("queue");
      super.close();
    }
  }

  private final class OpenStreamer extends ForwardingStreamer {

    private OpenStreamer() {
      super(new MemoryStreamer(new SystemMachine()));
      tried.add("streamer");
    }

    @Override
    public void close() {
      closed.add("streamer");
      super.close();
    }
  }

  private <T> T fails(String port) {
    tried.add(port);
    othersHaveFailed.countDown();
    throw new WorldException(ErrorCode.UNAVAILABLE, "no " + port);
  }

  private <T> T failsLast(String port) {
    await(othersHaveFailed);
    return fails(port);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static World world(
      Provider<Storage> storage, Provider<Queue> queue, Provider<Streamer> streamer) {
    return Assembled.from(
        World.class,
        List.of(
            new AbstractModule() {
              @Override
              protected void configure() {
                bind(Streamer.class).toProvider(streamer).in(Singleton.class);
                bind(Queue.class).toProvider(queue).in(Singleton.class);
                bind(Storage.class).toProvider(storage).in(Singleton.class);
              }
            },
            new WorldModule(WorldConfig.inMemory(), w -> {})));
  }

  @Test
  void noPortWaitsForAnother() {
    CyclicBarrier allAreOpening = new CyclicBarrier(3);
    World world =
        world(
            () -> {
              meet(allAreOpening);
              return new OpenStorage();
            },
            () -> {
              meet(allAreOpening);
              return new OpenQueue();
            },
            () -> {
              meet(allAreOpening);
              return new OpenStreamer();
            });

    world.close();

    assertThat(closed).containsExactlyInAnyOrder("storage", "queue", "streamer");
  }

  @Test
  void theOthersAreClosedWhenOneCannotBeOpened() {
    assertThatThrownBy(() -> world(OpenStorage::new, () -> fails("queue"), OpenStreamer::new))
        .isExactlyInstanceOf(WorldException.class)
        .hasMessage("no queue");

    assertThat(closed).containsExactlyInAnyOrder("storage", "streamer");
  }

  @Test
  void ofSeveralFailuresThatOfTheStorageIsToldThoughItCameLast() {
    assertThatThrownBy(
            () -> world(() -> failsLast("storage"), () -> fails("queue"), () -> fails("streamer")))
        .isExactlyInstanceOf(WorldException.class)
        .hasMessage("no storage")
        .hasNoSuppressedExceptions();

    assertThat(closed).isEmpty();
  }

  @Test
  void eachIsTriedOnce() {
    assertThatThrownBy(() -> world(() -> fails("storage"), OpenQueue::new, OpenStreamer::new))
        .hasMessage("no storage");

    assertThat(tried).containsExactlyInAnyOrder("storage", "queue", "streamer");
  }

  @Test
  void whatIsNotAskedForIsNotOpened() {
    Queue queue =
        Assembled.from(
            Queue.class,
            List.of(
                new AbstractModule() {
                  @Override
                  protected void configure() {
                    bind(Storage.class)
                        .toProvider(() -> AssembledTest.this.<Storage>fails("storage"))
                        .in(Singleton.class);
                    bind(Queue.class).toProvider(OpenQueue::new).in(Singleton.class);
                  }
                }));

    queue.close();

    assertThat(tried).containsExactly("queue");
  }
}
