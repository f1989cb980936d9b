package com.example.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.Guice;
import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Capability;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Target;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the kit cannot know: how this storage is opened, and how its process dies. */
final class H2StorageTest {

  private static final RunId RUN = new RunId("order-1");

  private static String file(Path directory) {
    return "jdbc:h2:async:" + directory.resolve("world");
  }

  private static List<Event> created(Storage storage) {
    Fact created =
        new Fact.RunCreated(
            "order",
            "b",
            6,
            "default",
            Payload.json("1"),
            null,
            null,
            Map.of("a", AttributeValue.of("b")),
            null);
    Batch batch =
        new Batch(
            "btch_1",
            new Target.OfRun(RUN),
            Authority.ANYONE,
            null,
            List.of(new Draft(null, Instant.now(), created)));
    storage.append(List.of(batch));
    return storage.history(RUN, 0, 10);
  }

  @Test
  void whatWasAcceptedSurvivesTheDeathOfTheProcess(@TempDir Path directory) throws Exception {
    Storage doomed = H2Storage.open(file(directory));
    List<Event> log = created(doomed);
    // As if the process were gone: nothing that is still in memory is written any more.
    try (Connection connection = DriverManager.getConnection(file(directory), "sa", "");
        Statement statement = connection.createStatement()) {
      statement.execute("shutdown immediately");
    }
    assertThatThrownBy(() -> doomed.run(RUN))
        .extracting(e -> ((WorldException) e).code())
        .isEqualTo(ErrorCode.UNAVAILABLE);
    try (Storage next = H2Storage.open(file(directory))) {
      assertThat(next.history(RUN, 0, 10)).isEqualTo(log).hasSize(1);
    }
    doomed.close();
  }

  @Test
  void itDeclinesWhatItsAddressCannotGive(@TempDir Path directory) {
    try (Storage memory = H2Storage.open("jdbc:h2:mem:");
        Storage alone = H2Storage.open(file(directory))) {
      assertThat(memory.declined())
          .containsExactlyInAnyOrder(
              Capability.DURABLE,
              Capability.MULTI_PROCESS,
              Capability.STREAM_ARCHIVE,
              Capability.RUN_COPIES,
              Capability.RETENTION,
              Capability.CENSUS,
              Capability.AUDIT);
      assertThat(alone.declined())
          .containsExactlyInAnyOrder(
              Capability.MULTI_PROCESS,
              Capability.STREAM_ARCHIVE,
              Capability.RUN_COPIES,
              Capability.RETENTION,
              Capability.CENSUS,
              Capability.AUDIT);
    }
    try (Storage shared =
        H2Storage.open("jdbc:h2:" + directory.resolve("shared") + ";AUTO_SERVER=TRUE")) {
      assertThat(shared.declined())
          .containsExactlyInAnyOrder(
              Capability.STREAM_ARCHIVE,
              Capability.RUN_COPIES,
              Capability.RETENTION,
              Capability.CENSUS,
              Capability.AUDIT);
    }
  }

  @Test
  void anAddressThatIsMissingOrWrongIsNamed() {
    assertThatThrownBy(() -> new H2StorageProvider().open(WorldConfig.defaults()))
        .hasMessageContaining("WORKFLOW_H2_URL");
    assertThatThrownBy(() -> H2Storage.open("jdbc:h2:nowhere:;PASSWORD2=geheim"))
        .hasMessageContaining("WORKFLOW_H2_URL")
        .hasMessageNotContaining("geheim");
  }

  @Test
  void itIsBoundByItsModule() {
    Storage storage =
        Guice.createInjector(new H2StorageModule("jdbc:h2:mem:")).getInstance(Storage.class);
    assertThat(storage.version()).startsWith("H2 ");
    storage.close();
  }
}
