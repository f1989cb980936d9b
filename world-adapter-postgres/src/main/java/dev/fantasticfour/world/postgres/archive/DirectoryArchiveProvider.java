package dev.fantasticfour.world.postgres.archive;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.port.ArchiveSink;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Makes {@code WORKFLOW_RETENTION_ARCHIVE=/var/lib/world/runs} a directory. */
public final class DirectoryArchiveProvider implements ArchiveSink.Provider {

  private static final String SCHEME = "file";

  @Override
  public String scheme() {
    return SCHEME;
  }

  @Override
  public ArchiveSink open(String address) {
    String path =
        address.startsWith(SCHEME + ":") ? address.substring(SCHEME.length() + 1) : address;
    try {
      return new DirectoryArchive(Path.of(path));
    } catch (InvalidPathException e) {
      throw new WorldException(
          ErrorCode.INVALID_CONFIGURATION,
          "WORKFLOW_RETENTION_ARCHIVE must be a directory, is '" + address + "'",
          e);
    }
  }
}
