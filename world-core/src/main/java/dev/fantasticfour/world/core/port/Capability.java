package dev.fantasticfour.world.core.port;

/**
 * What an adapter is expected to do unless it declines it by name. A declined one is refused with
 * {@code NOT_SUPPORTED}, never ignored.
 */
public enum Capability {
  /** What was accepted survives a crash of every process. */
  DURABLE,
  /** Several processes share one store. */
  MULTI_PROCESS,
  /**
   * A storage keeps streams. One that does not refuses all of {@link StreamArchive}; then streams
   * live in the streamer alone, for as long as that keeps them.
   */
  STREAM_ARCHIVE,
  /**
   * A storage begins runs with the logs of others. One that does not refuses all of {@link
   * RunCopies}; then runs are neither retried nor forked nor imported.
   */
  RUN_COPIES,
  /**
   * A storage deletes runs when they were kept long enough. One that does not keeps everything and
   * refuses what {@link Retention} would change.
   */
  RETENTION,
  /**
   * A storage counts what it holds. One that does not refuses {@link Census}, and nobody reports
   * store-wide measures.
   */
  CENSUS,
  /** A storage writes down what operators do. One that does not refuses all of {@link Audit}. */
  AUDIT,
  /** Messages can be delayed. */
  DELAYED_MESSAGES,
  /** Messages can be deduplicated by key. */
  MESSAGE_KEYS,
  /** Messages with a higher priority are delivered first. */
  MESSAGE_PRIORITY
}
