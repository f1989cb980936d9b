package dev.fantasticfour.world.spring;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.port.Storage;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A storage that was away when it should have been opened: tried again by whoever asks for it, but
 * not more than about twice a second, and by one thread at a time. All others are refused at once
 * with what the last attempt failed with. Safe for any number of threads.
 */
final class OpenLater implements Supplier<Storage>, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(OpenLater.class);

  private static final long PAUSE = Duration.ofMillis(500).toNanos();

  private final Supplier<? extends Storage> opener;
  private final LongSupplier nanos;
  private final ReentrantLock attempt = new ReentrantLock();
  private volatile WorldException failure;
  private volatile @Nullable Storage opened;
  private volatile boolean closed;
  private long triedAt;

  /**
   * @param failure of the first attempt
   * @param nanos a clock that only goes on
   */
  OpenLater(Supplier<? extends Storage> opener, WorldException failure, LongSupplier nanos) {
    this.opener = opener;
    this.failure = failure;
    this.nanos = nanos;
    this.triedAt = nanos.getAsLong();
  }

  /**
   * The storage.
   *
   * @throws WorldException while it is not open: {@code UNAVAILABLE}, or whatever it could not be
   *     opened for
   */
  @Override
  public Storage get() {
    Storage known = opened;
    if (known != null) {
      return known;
    }
    if (!attempt.tryLock()) {
      throw refusal();
    }
    try {
      return open();
    } finally {
      attempt.unlock();
    }
  }

  /** The storage if it is open by now; nothing is tried. */
  @Nullable Storage ifOpen() {
    return opened;
  }

  private Storage open() {
    Storage known = opened;
    if (known != null) {
      return known;
    }
    if (closed) {
      throw new WorldException(ErrorCode.CLOSED, "this storage is closed");
    }
    if (nanos.getAsLong() - triedAt < PAUSE) {
      throw refusal();
    }
    try {
      Storage fresh = opener.get();
      opened = fresh;
      LOG.info("the storage answers: {}", fresh.version());
      return fresh;
    } catch (WorldException e) {
      failure = e;
      throw refusal();
    } finally {
      triedAt = nanos.getAsLong();
    }
  }

  /** Each with a trace of its own. */
  private WorldException refusal() {
    WorldException last = failure;
    return new WorldException(
        last.code(), "the storage could not be opened yet: " + last.getMessage(), last);
  }

  /** Closes the storage if it was opened, and opens it no more. */
  @Override
  public void close() {
    closed = true;
    attempt.lock();
    try {
      Storage known = opened;
      if (known != null) {
        known.close();
      }
    } finally {
      attempt.unlock();
    }
  }
}
