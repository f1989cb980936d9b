package dev.fantasticfour.world.core.engine.retention;

import dev.fantasticfour.world.api.config.Secrets;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.port.ArchiveSink;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds where runs are written before they are deleted. */
public final class Archives {

  /** One letter is a drive. */
  private static final Pattern SCHEME = Pattern.compile("([a-z][a-z0-9+.-]+):.*");

  private static final String DIRECTORY = "file";

  private Archives() {}

  /**
   * The sink for what the configuration says, which is a directory or begins with the scheme of a
   * provider.
   *
   * @throws WorldException {@code INVALID_CONFIGURATION} when nobody here has such sinks
   */
  public static ArchiveSink of(String address) {
    Matcher named = SCHEME.matcher(address);
    String scheme = named.matches() ? named.group(1) : DIRECTORY;
    for (ArchiveSink.Provider provider : ServiceLoader.load(ArchiveSink.Provider.class)) {
      if (provider.scheme().equals(scheme)) {
        return provider.open(address);
      }
    }
    throw new WorldException(
        ErrorCode.INVALID_CONFIGURATION,
        "WORKFLOW_RETENTION_ARCHIVE is '"
            + Secrets.mask(address)
            + "', and nothing on the class path writes to '"
            + scheme
            + ":'"
            + (scheme.equals(DIRECTORY) ? "; world-adapter-postgres writes to directories" : ""));
  }
}
