package dev.fantasticfour.world.api.config;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Which code this process runs, as one short word: that of the configuration, or one that is
 * derived from what the class path holds. Two processes that were given the same classes and
 * resources have the same, wherever those lie and in whatever order and however old; any other
 * class makes another.
 */
public final class Build {

  private static final System.Logger LOG = System.getLogger(Build.class.getName());
  private static final int BYTES = 6;

  private Build() {}

  /** Read once, by whoever needs it first. */
  private static final class OfThisProcess {
    private static final String ID = of(classPath());
  }

  /** The id of the build that a world with that configuration is part of. */
  public static String idOf(WorldConfig config) {
    String given = config.buildId();
    return given != null ? given : OfThisProcess.ID;
  }

  private static List<Path> classPath() {
    return Stream.of("java.class.path", "jdk.module.path")
        .map(property -> System.getProperty(property, ""))
        .flatMap(value -> Arrays.stream(value.split(File.pathSeparator)))
        .filter(entry -> !entry.isBlank())
        .map(Path::of)
        .toList();
  }

  /** The id of the build that those jars and directories are, and what their manifests refer to. */
  static String of(List<Path> classPath) {
    Set<String> contents = new TreeSet<>();
    Set<Path> known = new HashSet<>();
    Deque<Path> open = new ArrayDeque<>(classPath);
    while (!open.isEmpty()) {
      Path next = open.remove().toAbsolutePath().normalize();
      if (known.add(next) && Files.exists(next)) {
        try {
          contents.add(digest(Files.isDirectory(next) ? ofDirectory(next) : ofJar(next, open)));
        } catch (IOException | UncheckedIOException e) {
          LOG.log(
              System.Logger.Level.DEBUG,
              "{0} is not part of the build id: {1}",
              next,
              e.getMessage());
        }
      }
    }
    return digest(contents).substring(0, 2 * BYTES);
  }

  private static Set<String> ofDirectory(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      Set<String> entries = new TreeSet<>();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        CRC32 crc = new CRC32();
        crc.update(Files.readAllBytes(file));
        String name = directory.relativize(file).toString().replace(File.separatorChar, '/');
        entries.add(name + ' ' + crc.getValue());
      }
      return entries;
    }
  }

  /** By its directory: nothing is unpacked. */
  private static Set<String> ofJar(Path jar, Deque<Path> alsoMeant) throws IOException {
    try (JarFile file = new JarFile(jar.toFile(), false)) {
      Set<String> entries = new TreeSet<>();
      file.stream()
          .filter(entry -> !entry.isDirectory())
          .forEach(entry -> entries.add(entry.getName() + ' ' + entry.getCrc()));
      alsoMeant.addAll(referredTo(jar, file.getManifest()));
      return entries;
    }
  }

  private static List<Path> referredTo(Path jar, @Nullable Manifest manifest) {
    String value =
        manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
    List<Path> found = new ArrayList<>();
    for (String reference : value == null ? new String[0] : value.trim().split("\\s+")) {
      URI uri = jar.toUri().resolve(reference);
      if ("file".equals(uri.getScheme())) {
        found.add(Path.of(uri));
      }
    }
    return found;
  }

  private static String digest(Set<String> lines) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (String line : lines) {
        sha.update(line.getBytes(StandardCharsets.UTF_8));
        sha.update((byte) '\n');
      }
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
