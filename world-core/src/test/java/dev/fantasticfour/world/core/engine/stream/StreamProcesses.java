package dev.fantasticfour.world.core.engine.stream;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.engine.time.AlarmClock;
import dev.fantasticfour.world.core.engine.time.StoreClock;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.memory.MemoryStorage;
import dev.fantasticfour.world.core.memory.MemoryStore;
import dev.fantasticfour.world.core.memory.MemoryStreamStore;
import dev.fantasticfour.world.core.memory.MemoryStreamer;
import dev.fantasticfour.world.core.observe.Observer;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStorage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Processes that write to streams over one store and one streamer, which forgets when told to. */
final class StreamProcesses implements AutoCloseable {

  private final MemoryStore store = new MemoryStore(InstantSource.system());
  private final MemoryStreamStore streams = new MemoryStreamStore();
  private final List<Process> processes = new ArrayList<>();

  /** A process: a worker and what it writes through. */
  static final class Process implements AutoCloseable {

    final WorkerId worker;
    final Archive storage;
    final CutStreamer streamer;
    final StreamKeeper keeper;
    final StepStreams steps;
    private final AlarmClock alarms;

    private Process(StreamProcesses all, int number) {
      SystemMachine machine = new SystemMachine();
      StoreClock clock = new StoreClock(machine);
      this.worker = new WorkerId(WorkerId.PREFIX + number);
      this.storage = new Archive(new MemoryStorage(all.store));
      this.streamer = new CutStreamer(new MemoryStreamer(all.streams, new SystemMachine()));
      this.alarms = new AlarmClock("alarms", machine, clock);
      this.keeper =
          new StreamKeeper(storage, streamer, machine, alarms, clock, Observer.NONE, () -> worker);
      this.steps = StepStreams.kept(machine, storage, streamer, keeper, new JacksonPayloadCodec());
      storage.register(worker, "build", Duration.ofMinutes(10));
    }

    @Override
    public void close() {
      keeper.close(Duration.ofSeconds(5));
      alarms.close();
    }
  }

  /** Counts what is handed in, and is away when told to. */
  static final class Archive extends ForwardingStorage {

    final AtomicInteger calls = new AtomicInteger();
    volatile boolean away;

    private Archive(MemoryStorage inner) {
      super(inner);
    }

    @Override
    public List<Kept> archive(List<Section> sections) {
      if (away) {
        throw new WorldException(ErrorCode.UNAVAILABLE, "away");
      }
      calls.incrementAndGet();
      return super.archive(sections);
    }
  }

  Process another() {
    Process process = new Process(this, processes.size());
    processes.add(process);
    return process;
  }

  /** The streamer forgets everything. */
  void lose() {
    streams.lose();
  }

  @Override
  public void close() {
    processes.forEach(Process::close);
  }
}
