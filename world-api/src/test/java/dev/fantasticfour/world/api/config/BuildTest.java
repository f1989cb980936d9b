package dev.fantasticfour.world.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BuildTest {

  @TempDir private Path folder;

  private Path jar(String name, Instant made, Map<String, String> entries) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out)) {
      for (Map.Entry<String, String> entry : new TreeMap<>(entries).entrySet()) {
        ZipEntry next = new ZipEntry(entry.getKey());
        next.setLastModifiedTime(FileTime.from(made));
        jar.putNextEntry(next);
        jar.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
        jar.closeEntry();
      }
    }
    return file;
  }

  private Path jar(String name, String content) throws IOException {
    return jar(name, Instant.parse("2026-01-01T12:00:00Z"), Map.of("A.class", content));
  }

  @Test
  void theSameClassesAreTheSameBuildWhereverTheyLieAndInWhateverOrder() throws IOException {
    Path a = jar("a.jar", "a");
    Path b = jar("b.jar", "b");
    Path later = jar("c.jar", Instant.parse("2027-01-01T12:00:00Z"), Map.of("A.class", "a"));

    assertThat(Build.of(List.of(a, b)))
        .hasSize(12)
        .isEqualTo(Build.of(List.of(b, a)))
        .isEqualTo(Build.of(List.of(b, later)))
        .isEqualTo(Build.of(List.of(a, b, folder.resolve("missing.jar"))));
  }

  @Test
  void anotherClassIsAnotherBuild() throws IOException {
    Path a = jar("a.jar", "a");

    assertThat(Build.of(List.of(jar("b.jar", "b")))).isNotEqualTo(Build.of(List.of(a)));
    assertThat(Build.of(List.of(a, jar("c.jar", "c")))).isNotEqualTo(Build.of(List.of(a)));
  }

  @Test
  void directoriesOfClassesCount() throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes/org"));
    Files.writeString(classes.resolve("A.class"), "a");
    String before = Build.of(List.of(folder.resolve("classes")));
    assertThat(Build.of(List.of(folder.resolve("classes")))).isEqualTo(before);

    Files.writeString(classes.resolve("A.class"), "b");

    assertThat(Build.of(List.of(folder.resolve("classes")))).isNotEqualTo(before);
  }

  @Test
  void whatAManifestRefersToCounts() throws IOException {
    Files.createDirectories(folder.resolve("lib"));
    jar("lib/b.jar", "b");
    Path app =
        jar(
            "app.jar",
            Instant.EPOCH,
            Map.of(
                "META-INF/MANIFEST.MF",
                "Manifest-Version: 1.0\r\nClass-Path: lib/b.jar lib/none.jar\r\n\r\n"));
    String before = Build.of(List.of(app));

    jar("lib/b.jar", "another b");

    assertThat(Build.of(List.of(app))).isNotEqualTo(before);
  }

  @Test
  void whatIsNoJarIsLeftOut() throws IOException {
    Path a = jar("a.jar", "a");
    Path odd = Files.writeString(folder.resolve("odd.jar"), "no jar");

    assertThat(Build.of(List.of(a, odd))).isEqualTo(Build.of(List.of(a)));
  }

  @Test
  void theConfigurationHasTheLastWord() {
    WorldConfig config = WorldConfig.inMemory();

    assertThat(Build.idOf(config.withBuildId("mine"))).isEqualTo("mine");
    assertThat(Build.idOf(config)).matches("[0-9a-f]{12}").isEqualTo(Build.idOf(config));
  }
}
