package dev.fantasticfour.world.core.port;

import java.util.Set;

/**
 * What processes see of each other at the moment it happens: the chunks of streams as they are
 * written, and announcements. One object plays both roles, because both stand on one connection to
 * one server, which is there or is not; whoever needs one role asks for that.
 *
 * <p><b>Guarantees.</b> Those of the roles. None of them is the truth: streams are kept for good by
 * {@link StreamArchive}, and announcements are hints.
 *
 * <p><b>Concurrency.</b> Any number of threads and processes.
 *
 * <p><b>Failure.</b> {@link dev.fantasticfour.world.api.error.WorldException} with {@code
 * UNAVAILABLE} when the server cannot answer, {@code CLOSED} once this is closed, and {@code
 * INVALID_ARGUMENT} for values no streamer would take; then nothing of the call was done.
 */
public interface Streamer extends LiveStreams, Announcements, AutoCloseable {

  /** Name and version of the server, for people. */
  String version();

  /** What this adapter does not do; empty for a complete one. */
  Set<Capability> declined();

  /** Ends all reads with {@code CLOSED} and frees what this instance opened itself. Idempotent. */
  @Override
  void close();
}
