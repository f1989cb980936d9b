package com.example.h2;

import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.tck.Harness;
import dev.fantasticfour.world.tck.Outage;
import dev.fantasticfour.world.tck.StorageTck;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** What the kit of World says about this storage. */
final class H2StorageTckTest extends StorageTck {

  @Override
  public Harness<Storage> harness() {
    String url = "jdbc:h2:async:./target/tck-" + UUID.randomUUID();
    AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);
    return Harness.<Storage>of(() -> H2Storage.open(url, offset::get))
        .withTime(by -> offset.accumulateAndGet(by, Duration::plus))
        .withOutage(Outage.pretended(Storage.class, () -> H2Storage.open(url, offset::get)))
        .withRounds(8);
  }
}
