package dev.fantasticfour.world.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An unpacked {@code redis-server} of the {@code embedded-redis} artifact that runs here.
 *
 * @param executable the server program
 * @param version as the program itself tells it, for example {@code 6.2.11}; the artifact's file
 *     names are not exact
 */
record RedisBinary(Path executable, String version) {
  /** A resource that only that artifact has, to find its jar by. */
  private static final String MARKER =
      "META-INF/maven/com.github.codemonstur/embedded-redis/pom.properties";

  private static final Pattern VERSION_LINE = Pattern.compile("v=([0-9.]+)");

  /**
   * The first bundled program that runs on this machine. The 64-bit Linux program needs the
   * system's OpenSSL 3; where that is missing (musl, older systems), the statically linked 32-bit
   * program is the next choice.
   *
   * @throws EmbeddedServerException if none is on the class path or none runs; says why
   */
  static RedisBinary select(Platform platform, BinaryCache cache) {
    URL marker = RedisBinary.class.getClassLoader().getResource(MARKER);
    if (marker == null) {
      throw new EmbeddedServerException(
          "No Redis binaries on the class path; add com.github.codemonstur:embedded-redis");
    }
    List<String> failures = new ArrayList<>();
    try {
      URLConnection connection = URI.create(marker.toString()).toURL().openConnection();
      connection.setUseCaches(false);
      if (!(connection instanceof JarURLConnection jarConnection)) {
        throw new EmbeddedServerException("The Redis binaries are not in a jar: " + marker);
      }
      try (JarFile jar = jarConnection.getJarFile()) {
        for (JarEntry entry : candidates(jar, platform)) {
          Path executable = unpack(jar, entry, cache);
          CommandOutcome told = CommandOutcome.of(List.of(executable.toString(), "--version"));
          Matcher version = VERSION_LINE.matcher(told.output());
          if (told.exitCode() == 0 && version.find()) {
            return new RedisBinary(executable, version.group(1));
          }
          failures.add(entry.getName() + ": " + told.output().strip());
        }
      }
    } catch (IOException e) {
      throw new EmbeddedServerException("Cannot read the Redis binaries at " + marker, e);
    }
    throw new EmbeddedServerException(
        "No bundled redis-server runs on " + platform + "; tried " + failures);
  }

  private static List<JarEntry> candidates(JarFile jar, Platform platform) {
    List<String> suffixes = new ArrayList<>();
    suffixes.add("-" + platform.system() + "-" + platform.processor());
    if (platform.system().equals("linux") && platform.processor().equals("amd64")) {
      suffixes.add("-linux-386");
    }
    return suffixes.stream()
        .flatMap(
            suffix ->
                jar.stream()
                    .filter(entry -> entry.getName().startsWith("redis-server-"))
                    .filter(entry -> entry.getName().endsWith(suffix)))
        .toList();
  }

  private static Path unpack(JarFile jar, JarEntry entry, BinaryCache cache) {
    String key = entry.getName() + "-" + Long.toHexString(entry.getCrc());
    return cache
        .entry(
            key,
            directory -> {
              Path target = directory.resolve("redis-server");
              try (InputStream content = jar.getInputStream(entry)) {
                Files.copy(content, target);
              }
              Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
            })
        .resolve("redis-server");
  }
}
