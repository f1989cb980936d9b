package dev.fantasticfour.world.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * The operating system and processor that server binaries must fit.
 *
 * @param system {@code linux} or {@code darwin}
 * @param processor {@code amd64} or {@code arm64}
 * @param musl whether the C library is musl (Alpine Linux), where glibc programs do not run
 */
record Platform(String system, String processor, boolean musl) {

  /**
   * The platform of this JVM.
   *
   * @throws EmbeddedServerException on a platform without embedded servers
   */
  static Platform current() {
    return of(System.getProperty("os.name"), System.getProperty("os.arch"), muslIsInstalled());
  }

  static Platform of(String osName, String osArch, boolean musl) {
    String name = osName.toLowerCase(Locale.ROOT);
    String system = name.startsWith("linux") ? "linux" : name.startsWith("mac") ? "darwin" : "";
    String processor =
        switch (osArch) {
          case "amd64", "x86_64" -> "amd64";
          case "aarch64", "arm64" -> "arm64";
          default -> "";
        };
    if (system.isEmpty() || processor.isEmpty()) {
      throw new EmbeddedServerException(
          "Embedded servers exist for Linux and macOS on x86-64 and ARM64, not for "
              + osName
              + " on "
              + osArch
              + "; set WORKFLOW_POSTGRES_URL and WORKFLOW_REDIS_URL to use running servers");
    }
    return new Platform(system, processor, musl);
  }

  /** The executable file called {@code name} on the search path, if there is one. */
  static Optional<Path> executable(String name) {
    String searchPath = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin");
    for (String directory : searchPath.split(File.pathSeparator)) {
      Path candidate = Path.of(directory, name);
      if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  private static boolean muslIsInstalled() {
    Path libraries = Path.of("/lib");
    if (!Files.isDirectory(libraries)) {
      return false;
    }
    try (DirectoryStream<Path> loaders = Files.newDirectoryStream(libraries, "ld-musl-*")) {
      return loaders.iterator().hasNext();
    } catch (IOException e) {
      throw new EmbeddedServerException("Cannot list " + libraries, e);
    }
  }
}
