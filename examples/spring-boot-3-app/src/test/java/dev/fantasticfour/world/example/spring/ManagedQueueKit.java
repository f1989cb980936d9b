package dev.fantasticfour.world.example.spring;

import dev.fantasticfour.world.api.config.RedisOptions;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.guice.Adapters;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.embedded.Services;
import dev.fantasticfour.world.tck.Facility;
import dev.fantasticfour.world.tck.Harness;
import dev.fantasticfour.world.tck.QueueTck;
import java.util.UUID;

/** Delivery of the kit, with the versions that Spring Boot manages. */
final class ManagedQueueKit extends QueueTck {

  private static final String WHY = "no chapter that is run here asks for it";

  @Override
  public Harness<Queue> harness() {
    WorldConfig config =
        WorldConfig.defaults()
            .withRedis(RedisOptions.ofUrl(Services.redis().url()))
            .withJobPrefix("kit-" + UUID.randomUUID() + "_");
    return Harness.<Queue>of(() -> Adapters.named(config).queue().get())
        .without(Facility.CLOCK, WHY)
        .without(Facility.OUTAGE, WHY)
        .without(Facility.CRASH, WHY);
  }
}
