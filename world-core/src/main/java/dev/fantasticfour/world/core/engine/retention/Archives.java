package dev.fantasticfour.world.core.engine.retention;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.port.ArchiveSink;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ServiceLoader;

/** Finds where runs are written before they are deleted. */
public final class Archives {

  private Archives() {}

  /**
   * The sink for what the configuration says: that of a provider whose scheme it begins with,
   * otherwise a directory.
   *
   * @throws WorldException {@code INVALID_CONFIGURATION} for what is no path
   */
  public static ArchiveSink of(String address) {
    for (ArchiveSink.Provider provider : ServiceLoader.load(ArchiveSink.Provider.class)) {
      if (address.startsWith(provider.scheme() + ":")) {
        return provider.open(address);
      }
    }
    try {
      return new DirectoryArchive(Path.of(address));
    } catch (InvalidPathException e) {
      throw new WorldException(
          ErrorCode.INVALID_CONFIGURATION,
          "WORKFLOW_RETENTION_ARCHIVE must be a directory, is '" + address + "'",
          e);
    }
  }
}
