package dev.fantasticfour.world.bench.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * One direction of a connection: what arrives leaves again a fixed time later, in order, however
 * much is on its way. Two platform threads, one that stamps what arrives and one that waits.
 */
final class DelayedPipe {

  /** Timers of an operating system fire late by about that much; the rest is waited for awake. */
  private static final long AWAKE_NANOS = 80_000;

  private static final int BUFFER = 1 << 16;
  private static final Piece END = new Piece(new byte[0], 0);

  private final Socket from;
  private final Socket to;
  private final long delayNanos;
  private final Runnable ended;
  private final Runnable broken;
  private final BlockingQueue<Piece> underWay = new LinkedBlockingQueue<>();

  /**
   * @param dueNanos when it leaves, on the clock of {@link System#nanoTime}
   */
  private record Piece(byte[] bytes, long dueNanos) {}

  /**
   * @param ended called once the sender has ended and all it sent has been passed on
   * @param broken called instead when the receiver takes nothing more
   */
  DelayedPipe(Socket from, Socket to, long delayNanos, Runnable ended, Runnable broken) {
    this.from = from;
    this.to = to;
    this.delayNanos = delayNanos;
    this.ended = ended;
    this.broken = broken;
  }

  void start() {
    Thread.ofPlatform().daemon().name("bench-net-in").start(this::read);
    Thread.ofPlatform().daemon().name("bench-net-out").start(this::write);
  }

  private void read() {
    byte[] buffer = new byte[BUFFER];
    try {
      InputStream in = from.getInputStream();
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        underWay.add(new Piece(Arrays.copyOf(buffer, length), System.nanoTime() + delayNanos));
      }
    } catch (IOException e) {
      // The sender is gone; what it has sent still arrives.
    } finally {
      underWay.add(END);
    }
  }

  private void write() {
    try {
      OutputStream out = to.getOutputStream();
      for (Piece piece = underWay.take(); piece != END; piece = underWay.take()) {
        await(piece.dueNanos());
        out.write(piece.bytes());
      }
      to.shutdownOutput();
      ended.run();
    } catch (IOException e) {
      broken.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      broken.run();
    }
  }

  private static void await(long dueNanos) {
    long left = dueNanos - System.nanoTime();
    while (left > 0) {
      if (left > AWAKE_NANOS) {
        LockSupport.parkNanos(left - AWAKE_NANOS);
      } else {
        Thread.onSpinWait();
      }
      left = dueNanos - System.nanoTime();
    }
  }
}
