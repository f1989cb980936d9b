package dev.fantasticfour.world.redis;

import java.time.Duration;

/**
 * How streams are kept and read.
 *
 * @param poll how often a waiting reader looks for itself, in case a notification was lost (ST-4)
 * @param pageChunks most chunks a reader holds at once
 * @param pageBytes bytes after which its page ends, one chunk at least (ST-17)
 * @param retention how long a stream is kept that has ended and is kept elsewhere, too; zero keeps
 *     it. Nothing is ever trimmed from a stream that is kept (ST-2)
 */
public record StreamSettings(Duration poll, int pageChunks, int pageBytes, Duration retention) {

  /** Polls twice a second, pages of 256 chunks or 1 MiB, keeps archived streams 10 minutes. */
  public static StreamSettings defaults() {
    return new StreamSettings(Duration.ofMillis(500), 256, 1 << 20, Duration.ofMinutes(10));
  }

  /** The same with another poll interval. */
  public StreamSettings withPoll(Duration value) {
    return new StreamSettings(value, pageChunks, pageBytes, retention);
  }

  /** The same with another retention. */
  public StreamSettings withRetention(Duration value) {
    return new StreamSettings(poll, pageChunks, pageBytes, value);
  }
}
