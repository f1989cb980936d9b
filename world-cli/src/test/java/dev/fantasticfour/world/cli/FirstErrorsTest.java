package dev.fantasticfour.world.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What somebody reads who has forgotten something in the first hour: each names the fix (HRS-5).
 */
@Timeout(30)
class FirstErrorsTest {

  /** With something in it that no document can hold. */
  record Parcel(Object content) {}

  private static final WorkflowType<Parcel, String> SHIP =
      WorkflowType.of("ship", Parcel.class, String.class);

  @Test
  void aWorkflowThatNobodyRegistersIsNamedToWhoeverWaits() {
    try (World world = World.create(WorldConfig.inMemory(), nothing -> {})) {
      world.start();
      assertThatThrownBy(() -> world.client().startJson("ship", "{}", o -> o).result(Duration.ZERO))
          .isInstanceOf(WorldException.class)
          .hasMessageContainingAll("registers workflow 'ship'", "World.start()");
    }
  }

  @Test
  void aRecordThatNoDocumentCanHoldIsNamedAndNothingIsStarted() {
    try (World world = World.create(WorldConfig.inMemory(), nothing -> {})) {
      assertThatThrownBy(() -> world.client().start(SHIP, new Parcel(new Object())))
          .isInstanceOf(WorldException.class)
          .hasMessageContainingAll("Parcel", "at 'content'");
    }
  }

  @Test
  void aServerThatIsNotNamedIsAskedForByTheNameOfItsVariable() {
    assertThatThrownBy(() -> World.create(WorldConfig.from(Map.of()), nothing -> {}))
        .isInstanceOf(WorldException.class)
        .hasMessageContainingAll("WORKFLOW_POSTGRES_URL", "postgresql://");
    Cli.Outcome outcome = new Cli(Map.of()).run("runs", "list");
    assertThat(outcome.err()).contains("start one with 'world dev'");
  }
}
