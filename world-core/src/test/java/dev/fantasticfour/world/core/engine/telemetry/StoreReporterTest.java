package dev.fantasticfour.world.core.engine.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.engine.EngineWorld;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.engine.node.Registry;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.memory.MemoryQueue;
import dev.fantasticfour.world.core.memory.MemoryStorage;
import dev.fantasticfour.world.core.memory.MemoryStore;
import dev.fantasticfour.world.core.memory.MemoryStreamer;
import dev.fantasticfour.world.core.observe.GaugeValues;
import dev.fantasticfour.world.core.observe.Meters;
import dev.fantasticfour.world.core.observe.Observer;
import dev.fantasticfour.world.core.observe.Occurrence;
import dev.fantasticfour.world.core.observe.Operation;
import dev.fantasticfour.world.core.observe.Scope;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStorage;
import dev.fantasticfour.world.core.virtual.Timeline;
import dev.fantasticfour.world.core.virtual.VirtualMachine;
import dev.fantasticfour.world.core.virtual.VirtualProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One process says how the store stands, and only where somebody wants to know. */
@Timeout(60)
class StoreReporterTest {

  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private final Timeline timeline = Timeline.free();
  private final MemoryStore store = new MemoryStore(() -> BEGIN.plusNanos(timeline.now()));
  private final AtomicInteger counted = new AtomicInteger();

  @AfterEach
  void close() {
    timeline.close();
  }

  /** What a process shows. */
  private static final class Shown implements Observer {

    private final GaugeValues values = new GaugeValues();

    @Override
    public Scope around(Operation operation) {
      return Scope.NONE;
    }

    @Override
    public boolean wantsStoreCounts() {
      return true;
    }

    @Override
    public void on(Occurrence occurrence) {
      values.on(occurrence);
    }

    boolean isReporting() {
      return !values.of(Meters.STORE_WORKER).isEmpty();
    }

    double workers() {
      return values.of(Meters.STORE_WORKER).getFirst().value();
    }
  }

  private VirtualProcess process(String name, Observer observer) {
    VirtualProcess process = new VirtualProcess();
    VirtualMachine machine = VirtualMachine.exact(timeline, process, BEGIN, name.hashCode());
    EngineWorld world =
        new EngineWorld(
            WorldConfig.inMemory(),
            new ForwardingStorage(new MemoryStorage(store)) {
              @Override
              public Counts census() {
                counted.incrementAndGet();
                return super.census();
              }
            },
            new MemoryQueue(machine),
            new MemoryStreamer(machine),
            new JacksonPayloadCodec(),
            IdSource.of(machine),
            new Registry(),
            machine,
            observer);
    timeline.start(process, "start", world::start);
    return process;
  }

  /** OBS-3. */
  @Test
  void whenTheReporterIsGoneAnotherTakesItsPlace() {
    Shown one = new Shown();
    Shown two = new Shown();
    VirtualProcess first = process("first", one);
    timeline.sleep(Duration.ofMillis(10));
    process("second", two);
    timeline.sleep(Duration.ofSeconds(20));
    assertThat(Stream.of(one, two).filter(Shown::isReporting)).containsExactly(one);
    assertThat(one.workers()).isEqualTo(2);

    timeline.kill(first);
    timeline.sleep(Duration.ofSeconds(30));
    assertThat(two.isReporting()).isTrue();
    assertThat(two.workers()).isEqualTo(1);
  }

  /** OBS-4. */
  @Test
  void itCostsFourStatementsAMinuteHoweverManyObserve() {
    process("first", new Shown());
    process("second", new Shown());
    process("third", new Shown());
    timeline.sleep(Duration.ofMinutes(1));
    int begun = counted.get();
    timeline.sleep(Duration.ofMinutes(10));
    assertThat(counted.get() - begun).isEqualTo(40);
  }

  @Test
  void whereNobodyObservesNothingIsAsked() {
    process("first", Observer.NONE);
    timeline.sleep(Duration.ofMinutes(2));
    assertThat(counted).hasValue(0);
  }

  @Test
  void queuesOfSingleWorkersAreToldByTheirNames() {
    assertThat(Operation.Handling.OF_A_WORKER).isEqualTo(Queue.OF_A_WORKER);
  }
}
