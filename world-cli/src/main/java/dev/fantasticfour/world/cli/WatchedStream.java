package dev.fantasticfour.world.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Remembers why it could not be written to, which a {@link java.io.PrintWriter} forgets. */
final class WatchedStream extends OutputStream {

  private final OutputStream to;
  private volatile @Nullable IOException failure;

  WatchedStream(OutputStream to) {
    this.to = to;
  }

  /** Why the first write that failed did. */
  Optional<IOException> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      to.write(bytes, offset, length);
    } catch (IOException e) {
      failure = failure == null ? e : failure;
      throw e;
    }
  }

  @Override
  public void flush() throws IOException {
    to.flush();
  }
}
