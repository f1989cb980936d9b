package dev.fantasticfour.world.core.engine.step;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.workflow.ValueType;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How far a step has come: what an attempt says of it, written down at once so that the body may
 * change its values afterwards, and what the attempt before had said. Any number of threads.
 */
public final class Progress {

  private final PayloadCodec codec;
  private final Supplier<@Nullable Payload> source;
  private final ReentrantLock reading = new ReentrantLock();
  private final AtomicReference<@Nullable Payload> news = new AtomicReference<>();
  private volatile @Nullable Payload newest;
  private volatile @Nullable WorldException refused;
  private @Nullable Payload before;
  private boolean read;

  /**
   * @param source what the attempt before had said; asked once at most, when somebody wants to know
   */
  public Progress(PayloadCodec codec, Supplier<@Nullable Payload> source) {
    this.codec = codec;
    this.source = source;
  }

  /** The body has come so far. */
  <P> void say(P value, ValueType<P> type) {
    // What is said takes its place.
    Payload unused = before();
    try {
      Payload written = codec.encode(value, type);
      if (written == null) {
        throw new WorldException(
            ErrorCode.INVALID_ARGUMENT,
            "the progress of a step is a value; call heartbeat() to say nothing new");
      }
      newest = written;
      news.set(written);
    } catch (WorldException e) {
      refused = e;
      throw e;
    }
  }

  /** What was said last, whoever knows of it; null when nothing was. */
  public @Nullable Payload newest() {
    return newest;
  }

  /** What was said since the last call, or null. */
  public @Nullable Payload takeNews() {
    return news.getAndSet(null);
  }

  /** It was taken and could not be kept: it is news again, unless there is newer. */
  public void giveBack(Payload taken) {
    boolean unused = news.compareAndSet(null, taken);
  }

  /** Whether there is anything to take. */
  public boolean hasNews() {
    return news.get() != null;
  }

  /** Whether that is what a value was last refused with. */
  boolean hasRefused(Throwable thrown) {
    WorldException last = refused;
    return last != null && last == thrown && last.code() == ErrorCode.SERIALIZATION;
  }

  /** What the attempt before had said. */
  <P> Optional<P> before(ValueType<P> type) {
    return Optional.ofNullable(codec.decode(before(), type));
  }

  private @Nullable Payload before() {
    reading.lock();
    try {
      if (!read) {
        before = source.get();
        read = true;
      }
      return before;
    } finally {
      reading.unlock();
    }
  }
}
