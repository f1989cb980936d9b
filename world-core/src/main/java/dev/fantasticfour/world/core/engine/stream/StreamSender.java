package dev.fantasticfour.world.core.engine.stream;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.engine.time.AlarmClock;
import dev.fantasticfour.world.core.engine.time.Bell;
import dev.fantasticfour.world.core.engine.time.LoopGuard;
import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.observe.Observer;
import dev.fantasticfour.world.core.observe.Occurrence;
import dev.fantasticfour.world.core.port.LiveStreams;
import dev.fantasticfour.world.core.port.LiveStreams.WriteId;
import dev.fantasticfour.world.core.port.LiveStreams.Written;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is written to the streamer, of each stream one after the other. While the streamer is
 * away, what is written stays here as far as there is room, and is sent again and again; a write
 * that was not answered is repeated as the same write, so that nothing is stored twice.
 *
 * <p><b>Concurrency.</b> Any thread that may block; whoever writes to a stream sends what others
 * have written to it, too.
 */
final class StreamSender {

  private static final Logger LOG = LoggerFactory.getLogger(StreamSender.class);
  private static final Duration AGAIN = Duration.ofMillis(500);
  private static final String HELD = "it is held here until it can be, 8 MiB a stream";

  /** Most chunks sent in one write. */
  static final int MOST_CHUNKS = 1_000;

  private final LiveStreams streamer;
  private final StreamMoves moves;
  private final Collection<LocalStream> streams;
  private final Machine machine;
  private final AlarmClock alarms;
  private final InstantSource clock;
  private final Bell changed;
  private final Observer observer;
  private final Consumer<LocalStream> stored;
  private final BooleanSupplier closed;
  private final String source;
  private final AtomicLong numbers = new AtomicLong();
  private final AtomicBoolean resending = new AtomicBoolean();
  private final AtomicBoolean armed = new AtomicBoolean();
  private final AtomicBoolean away = new AtomicBoolean();
  private final Runnable alarm = this::alarm;
  private final LoopGuard guard;

  /**
   * @param streams those that this process writes to
   * @param changed rung when something has happened to a stream
   * @param observer told when writers have to wait for room
   * @param stored called with a stream that has chunks to be kept
   * @param closed whether nothing is sent any more
   */
  StreamSender(
      LiveStreams streamer,
      StreamMoves moves,
      Collection<LocalStream> streams,
      Machine machine,
      AlarmClock alarms,
      InstantSource clock,
      Bell changed,
      Observer observer,
      Consumer<LocalStream> stored,
      BooleanSupplier closed) {
    this.streamer = streamer;
    this.moves = moves;
    this.streams = streams;
    this.machine = machine;
    this.guard =
        new LoopGuard(machine, LOG, "sending what was held to streams", "it is sent again");
    this.alarms = alarms;
    this.clock = clock;
    this.changed = changed;
    this.observer = observer;
    this.stored = stored;
    this.closed = closed;
    this.source = machine.chance().secret();
  }

  /** Returns what became of it; null when it is held here until the streamer takes it. */
  @Nullable Written write(LocalStream local, LiveStreams.Writer writer, List<Payload> chunks)
      throws InterruptedException {
    Written first = null;
    boolean isHeld = false;
    for (int i = 0; i < chunks.size(); i += MOST_CHUNKS) {
      List<Payload> piece = chunks.subList(i, Math.min(i + MOST_CHUNKS, chunks.size()));
      Written written = write(local, new Sending(numbers.incrementAndGet(), writer, piece));
      if (written != null && !(written instanceof Written.Stored)) {
        return written;
      }
      isHeld |= written == null;
      first = first == null ? written : first;
    }
    return isHeld ? null : first;
  }

  private @Nullable Written write(LocalStream local, Sending mine) throws InterruptedException {
    if (!closed.getAsBoolean() && !local.put(mine)) {
      awaitRoom(local, mine);
    }
    try {
      while (!mine.isDone()) {
        if (closed.getAsBoolean()) {
          throw Sending.overHere();
        }
        if (!send(local, mine, false)) {
          changed.await(
              () -> mine.isDone() || local.isAway() || !local.isSending() || closed.getAsBoolean());
        }
        if (local.isAway() && local.accept(mine)) {
          arm();
          return null;
        }
      }
      return mine.answer();
    } finally {
      if (!mine.isDone() && !mine.isAccepted()) {
        local.withdraw(mine);
        changed.ring();
      }
    }
  }

  private void awaitRoom(LocalStream local, Sending mine) throws InterruptedException {
    long since = machine.nanos();
    changed.await(() -> closed.getAsBoolean() || local.put(mine));
    Duration held = Duration.ofNanos(machine.nanos() - since);
    observer.on(new Occurrence.WriterHeld(local.stream().name(), held));
  }

  /**
   * Waits until nothing of that writer is held here any more. Returns whether that is so, or this
   * process closes.
   */
  boolean flush(LocalStream local, LiveStreams.Writer writer) throws InterruptedException {
    changed.await(() -> closed.getAsBoolean() || !local.isWaiting(writer));
    return local.isStored(writer);
  }

  /**
   * Sends what is to be sent, and nothing behind the last: a body would write for others as long as
   * they write, and the streams that are sent again after this one would have to wait as long.
   *
   * @return whether it was tried
   */
  private boolean send(LocalStream local, @Nullable Sending last, boolean again)
      throws InterruptedException {
    if (last == null || !local.beginSending(again)) {
      return false;
    }
    try {
      sendUntil(local, last);
      local.away(false);
    } catch (WorldException e) {
      if (e.code().kind() != ErrorCode.Kind.TRANSIENT) {
        throw e;
      }
      local.away(true);
      noteAway(e);
    } finally {
      local.sent();
      if (local.isUnattended()) {
        arm();
      }
      changed.ring();
    }
    return true;
  }

  private void sendUntil(LocalStream local, Sending last) throws InterruptedException {
    Sending next = local.next();
    while (next != null && !last.isDone()) {
      long life = local.life();
      if (life == 0) {
        moves.move(local);
      } else {
        sendOne(local, life, next);
      }
      next = local.next();
    }
  }

  private void sendOne(LocalStream local, long life, Sending next) {
    try {
      Written written =
          streamer.write(
              local.stream(),
              life,
              new WriteId(source, next.number()),
              next.writer(),
              next.chunks());
      local.wrote(life, next, written);
    } catch (WorldException e) {
      if (e.code().kind() == ErrorCode.Kind.TRANSIENT) {
        local.unanswered(next);
        throw e;
      }
      failed(local, next, e);
    } catch (RuntimeException e) {
      failed(local, next, e);
    }
    stored.accept(local);
    changed.ring();
  }

  private static void failed(LocalStream local, Sending sent, RuntimeException failure) {
    if (local.fail(sent, failure)) {
      LOG.warn(
          "{} chunks of stream '{}' of run {} are lost, because the streamer refuses them; its"
              + " readers are told",
          sent.chunks().size(),
          local.stream().name(),
          local.stream().run(),
          failure);
    }
  }

  private void noteAway(WorldException e) {
    machine.troubles().met(this, "what steps write to streams", HELD, e);
    if (away.compareAndSet(false, true)) {
      LOG.warn("what steps write to streams is not stored; {}: {}", HELD, e.getMessage());
    }
  }

  private void arm() {
    if (!closed.getAsBoolean() && armed.compareAndSet(false, true)) {
      alarms.set(alarm, clock.instant().plus(AGAIN));
    }
  }

  private void alarm() {
    armed.set(false);
    if (resending.compareAndSet(false, true)) {
      machine.start("send to streams", this::resend);
    }
  }

  private void resend() {
    boolean isAway = false;
    for (LocalStream local : List.copyOf(streams)) {
      if (!isAway && local.isUnattended()) {
        boolean unused =
            guard.round(
                () -> {
                  boolean unusedToo = send(local, local.last(), true);
                });
        isAway = local.isAway();
      }
    }
    resending.set(false);
    if (streams.stream().anyMatch(LocalStream::isUnattended)) {
      arm();
    } else if (away.compareAndSet(true, false)) {
      machine.troubles().over(this);
      LOG.info("what steps wrote to streams is stored again");
    }
  }

  /** Nothing is sent any more. */
  void close() {
    alarms.set(alarm, null);
  }
}
