package dev.fantasticfour.world.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Capability;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.QueueProvider;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.StorageProvider;
import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.core.port.StreamerProvider;
import dev.fantasticfour.world.core.port.Target;
import java.time.Instant;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

final class MemoryProvidersTest {

  private static final WorldConfig CONFIG = WorldConfig.inMemory();

  private static StorageProvider storages() {
    return ServiceLoader.load(StorageProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> provider.name().equals("memory"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void allThreeAreFoundByName() {
    assertThat(storages().open(CONFIG)).isInstanceOf(MemoryStorage.class);
    assertThat(ServiceLoader.load(QueueProvider.class))
        .anySatisfy(
            provider -> {
              assertThat(provider.name()).isEqualTo("memory");
              try (Queue queue = provider.open(CONFIG)) {
                assertThat(queue.declined()).contains(Capability.DURABLE);
              }
            });
    assertThat(ServiceLoader.load(StreamerProvider.class))
        .anySatisfy(
            provider -> {
              assertThat(provider.name()).isEqualTo("memory");
              try (Streamer streamer = provider.open(CONFIG)) {
                assertThat(streamer.version()).isEqualTo("memory");
              }
            });
  }

  @Test
  void worldsAreIsolated() {
    try (Storage one = storages().open(CONFIG);
        Storage other = storages().open(CONFIG)) {
      Draft created = new Draft(null, Instant.now(), Scene.creation());
      Target target = new Target.OfRun(Scene.run("r"));
      one.append(List.of(new Batch("b", target, Authority.ANYONE, null, List.of(created))));
      assertThat(one.runs(RunFilter.ALL, PageRequest.newestFirst()).items()).hasSize(1);
      assertThat(other.runs(RunFilter.ALL, PageRequest.newestFirst()).items()).isEmpty();
    }
  }
}
