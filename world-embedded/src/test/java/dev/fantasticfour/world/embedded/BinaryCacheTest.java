package dev.fantasticfour.world.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinaryCacheTest {
  @TempDir Path directory;

  @Test
  void anEntryIsUnpackedOnceForManyThreads() throws Exception {
    BinaryCache cache = new BinaryCache(directory.resolve("cache"));
    AtomicInteger unpacked = new AtomicInteger();
    Callable<Path> use =
        () ->
            cache.entry(
                "tool-1",
                into -> {
                  unpacked.incrementAndGet();
                  Files.writeString(into.resolve("tool"), "content");
                });
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<Path> entry : threads.invokeAll(Collections.nCopies(8, use))) {
        assertThat(entry.get().resolve("tool")).hasContent("content");
      }
    }
    assertThat(unpacked).hasValue(1);
  }

  @Test
  void theServersAreUnpackedWholeByManyJvmsAtTheSameTime() throws Exception {
    String fresh = "-Dworld.embedded.cache=" + directory.resolve("fresh");
    List<ChildJvm> jvms = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      jvms.add(ChildJvm.start(UnpackInAnotherJvm.class, List.of(fresh)));
    }
    List<String> places = new ArrayList<>();
    for (ChildJvm jvm : jvms) {
      try (jvm) {
        places.add(jvm.line() + " " + jvm.line());
        assertThat(jvm.process().waitFor()).isZero();
      }
    }
    assertThat(places).hasSize(3).containsOnly(places.get(0));
    assertThat(Path.of(places.get(0).split(" ")[0], "bin", "postgres")).isExecutable();
    try (var entries = Files.list(directory.resolve("fresh"))) {
      assertThat(entries).noneMatch(path -> path.toString().contains(".new-"));
    }
  }

  @Test
  void anEntryThatLostAFileIsUnpackedAgain() throws IOException {
    BinaryCache cache = new BinaryCache(directory.resolve("cache"));
    BinaryCache.Unpacking unpacking = into -> Files.writeString(into.resolve("tool"), "content");
    Files.delete(cache.entry("tool-1", unpacking).resolve("tool"));
    assertThat(cache.entry("tool-1", unpacking).resolve("tool")).hasContent("content");
  }

  @Test
  void whatAnInterruptedUnpackingLeftBehindIsRemoved() throws IOException {
    Path left = Files.createDirectories(directory.resolve("cache/tool-1.new-123"));
    new BinaryCache(directory.resolve("cache")).entry("tool-1", into -> {});
    assertThat(left).doesNotExist();
  }

  @Test
  void aFailedUnpackingIsToldAndLeavesNoEntry() {
    BinaryCache cache = new BinaryCache(directory.resolve("cache"));
    assertThatThrownBy(
            () ->
                cache.entry(
                    "tool-1",
                    into -> {
                      throw new IOException("disk full");
                    }))
        .isInstanceOf(EmbeddedServerException.class)
        .hasMessageContaining("tool-1")
        .hasRootCauseMessage("disk full");
    assertThat(directory.resolve("cache/tool-1")).doesNotExist();
  }
}
