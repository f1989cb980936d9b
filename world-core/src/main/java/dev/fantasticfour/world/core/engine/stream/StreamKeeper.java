package dev.fantasticfour.world.core.engine.stream;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.time.AlarmClock;
import dev.fantasticfour.world.core.engine.time.Bell;
import dev.fantasticfour.world.core.engine.time.LoopGuard;
import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.observe.Observer;
import dev.fantasticfour.world.core.port.LiveStreams;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import dev.fantasticfour.world.core.port.LiveStreams.Written;
import dev.fantasticfour.world.core.port.StreamArchive;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to streams and keeps what is written: every second, or after 256 KiB, all chunks that are
 * not kept yet go to the archive, of all streams at once. Until then they stay here, so that
 * nothing is lost with the streamer: when it has lost a stream, they are handed in, and the stream
 * goes on in its next life at the index that follows.
 *
 * <p>Streams nobody here writes to cost nothing.
 *
 * <p><b>Concurrency.</b> Any thread that may block.
 */
public final class StreamKeeper implements StreamSink {

  private static final Logger LOG = LoggerFactory.getLogger(StreamKeeper.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final StreamArchive archive;
  private final LiveStreams streamer;
  private final Machine machine;
  private final AlarmClock alarms;
  private final InstantSource clock;
  private final Supplier<@Nullable WorkerId> worker;
  private final ArchivePump pump;
  private final StreamEnds ends;
  private final StreamSender sender;
  private final HandIn handIn;
  private final Bell changed;
  private final Map<StreamId, LocalStream> streams = new ConcurrentHashMap<>();
  private final AtomicBoolean handingIn = new AtomicBoolean();
  private final AtomicBoolean armed = new AtomicBoolean();
  private final Runnable alarm = this::alarm;
  private final StreamEnds.Locals ending = new Ending();
  private final LoopGuard guard;
  private volatile boolean closed;

  /**
   * @param observer told when writers have to wait
   * @param worker who writes now, or null when this node owns nothing
   */
  public StreamKeeper(
      StreamArchive archive,
      LiveStreams streamer,
      Machine machine,
      AlarmClock alarms,
      InstantSource clock,
      Observer observer,
      Supplier<@Nullable WorkerId> worker) {
    this.archive = archive;
    this.streamer = streamer;
    this.machine = machine;
    this.guard =
        new LoopGuard(
            machine, LOG, "keeping the chunks of streams", "they are kept a second later");
    this.alarms = alarms;
    this.clock = clock;
    this.worker = worker;
    this.pump = new ArchivePump(archive, machine);
    this.ends = new StreamEnds(archive, streamer, pump);
    this.changed = machine.bell();
    this.handIn = new HandIn(streams, pump, changed);
    this.sender =
        new StreamSender(
            streamer,
            new StreamMoves(streamer, pump, changed, this::worker, this::armForLater, () -> closed),
            streams.values(),
            machine,
            alarms,
            clock,
            changed,
            observer,
            this::arm,
            () -> closed);
  }

  @Override
  public void hold(StreamId stream) {
    LocalStream unused = held(stream);
  }

  @Override
  public void letGo(StreamId stream) {
    LocalStream local = streams.get(stream);
    if (local != null) {
      local.hold(-1);
    }
  }

  private LocalStream held(StreamId stream) {
    return streams.compute(
        stream,
        (id, known) -> {
          LocalStream local = known == null ? new LocalStream(id) : known;
          local.hold(1);
          return local;
        });
  }

  @Override
  public @Nullable Written write(StreamId stream, LiveStreams.Writer writer, List<Payload> chunks)
      throws InterruptedException {
    LocalStream local = held(stream);
    try {
      return sender.write(local, writer, chunks);
    } finally {
      letGo(local);
    }
  }

  @Override
  public boolean flush(StreamId stream, LiveStreams.Writer writer) throws InterruptedException {
    LocalStream local = streams.get(stream);
    return local == null ? !closed : sender.flush(local, writer);
  }

  private void letGo(LocalStream local) {
    local.hold(-1);
    if (local.isEnded()) {
      LocalStream unused =
          streams.computeIfPresent(local.stream(), (id, own) -> own.isIdle() ? null : own);
    }
  }

  private void arm(LocalStream local) {
    if (local.isMuch()) {
      alarm();
    } else {
      armForLater();
    }
  }

  private void armForLater() {
    if (armed.compareAndSet(false, true)) {
      alarms.set(alarm, clock.instant().plus(PERIOD));
    }
  }

  private WorkerId worker() {
    WorkerId by = worker.get();
    if (by == null || closed) {
      throw Sending.overHere();
    }
    return by;
  }

  // Handing in
  // -----------------------------------------------------------------------------------------

  private void alarm() {
    if (handingIn.compareAndSet(false, true)) {
      machine.start("streams", this::handInAndRest);
    }
  }

  private void handInAndRest() {
    AtomicBoolean again = new AtomicBoolean();
    boolean unused = guard.round(() -> again.set(handIn.all(false)));
    handingIn.set(false);
    changed.ring();
    armed.set(false);
    if (again.get()) {
      alarm();
    } else if (!streams.isEmpty() && !closed) {
      armForLater();
    }
  }

  // The end
  // -----------------------------------------------------------------------------------------

  /**
   * Ends all streams of a run that has ended, and sees that they are kept as a whole.
   *
   * @return whether it is done; otherwise it is to be done again a little later, when other
   *     processes have handed in what they hold
   * @throws WorldException {@code UNAVAILABLE} likewise
   */
  public boolean end(RunId run, WorkerId by) {
    try {
      return ends.end(run, by, ending);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Copies what dead workers have written and not handed in, as far as the streamer has it. Begins
   * on a thread of its own.
   */
  public void rescue(Collection<WorkerId> dead, WorkerId by) {
    machine.start("rescue streams", () -> rescueNow(dead, by));
  }

  private void rescueNow(Collection<WorkerId> dead, WorkerId by) {
    try {
      for (StreamArchive.Held held : archive.heldBy(dead)) {
        ends.copy(held, by);
      }
    } catch (InterruptedException e) {
      LOG.debug("no streams are rescued any more");
    } catch (RuntimeException e) {
      LOG.info(
          "the last chunks of dead workers are copied when their runs end: {}", e.getMessage());
    }
  }

  /** Hands in everything, leaves all streams and writes no more. */
  public void close(Duration patience) {
    closed = true;
    changed.ring();
    alarms.set(alarm, null);
    sender.close();
    machine.start(
        "last of streams",
        () -> {
          try {
            changed.await(() -> handingIn.compareAndSet(false, true));
            handInTheLast();
          } catch (InterruptedException | RuntimeException e) {
            LOG.info("the last chunks of streams are not kept: {}", e.getMessage());
          } finally {
            streams.clear();
            changed.ring();
          }
        });
    try {
      boolean inTime = streams.isEmpty() || changed.await(streams::isEmpty, patience);
      if (!inTime) {
        LOG.warn("the last chunks of streams could not be kept within {}", patience);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void handInTheLast() throws InterruptedException {
    boolean unused = handIn.all(true);
    while (streams.values().stream().anyMatch(LocalStream::isHolding)) {
      changed.await(() -> streams.values().stream().noneMatch(LocalStream::isBusy));
      unused = handIn.all(true);
    }
  }

  /** A stream is ended here: nobody in this process writes to it any more. */
  private final class Ending implements StreamEnds.Locals {

    @Override
    public LocalStream take(StreamId stream) throws InterruptedException {
      LocalStream local = held(stream);
      local.end();
      changed.ring();
      changed.await(local::beginEnding);
      return local;
    }

    @Override
    public void giveBack(LocalStream local) {
      local.moved();
      letGo(local);
      changed.ring();
      if (streams.containsKey(local.stream())) {
        // What could not be ended is handed in all the same.
        armForLater();
      }
    }
  }
}
