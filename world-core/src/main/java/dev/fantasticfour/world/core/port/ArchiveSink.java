package dev.fantasticfour.world.core.port;

import dev.fantasticfour.world.api.run.RunId;
import java.io.IOException;

/**
 * Where runs are written before they are deleted. A run goes only after its sink has taken it.
 *
 * <p><b>Guarantees.</b> When {@link #keep} returns, the history is safe. The same run may be
 * written again, and is there once.
 *
 * <p><b>Concurrency.</b> Any number of threads and processes.
 *
 * <p><b>Failure.</b> Whatever it throws, the run stays and is tried again later; what it says is
 * shown to operators.
 */
public interface ArchiveSink {

  /** Something that writes a history, as {@code world runs export} does: lines of JSON. */
  @FunctionalInterface
  interface Writing {

    /** Writes all of it. The target is neither flushed nor closed. */
    void to(Appendable out) throws IOException;
  }

  /** Keeps the history of a run for good. */
  void keep(RunId run, Writing history) throws IOException;

  /** Finds sinks by what the configuration says; looked up by {@link java.util.ServiceLoader}. */
  interface Provider {

    /** What the value of {@code WORKFLOW_RETENTION_ARCHIVE} begins with, before a colon. */
    String scheme();

    /**
     * Opens a sink.
     *
     * @param address the whole value
     */
    ArchiveSink open(String address);
  }
}
