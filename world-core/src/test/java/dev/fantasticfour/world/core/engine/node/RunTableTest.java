package dev.fantasticfour.world.core.engine.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.time.IdSource;
import org.junit.jupiter.api.Test;

class RunTableTest {

  private final RunId run = IdSource.system().run();
  private final RunTable table = new RunTable(2, 0);

  @Test
  void aRunThatIsAboutToComeIsNotReservedAgain() {
    assertThat(table.reserve(run)).isTrue();
    assertThat(table.reserve(run)).isFalse();
  }

  @Test
  void aRunThatDidNotComeMayBeReservedAgain() {
    assertThat(table.reserve(run)).isTrue();
    table.unreserve(run);
    assertThat(table.reserve(run)).isTrue();
  }

  @Test
  void whatIsAboutToComeTakesPlaces() {
    table.reserve(run);
    assertThat(table.freePlaces()).isEqualTo(1);
    table.unreserve(run);
    assertThat(table.freePlaces()).isEqualTo(2);
  }

  @Test
  void aClosedTableTakesNothing() {
    table.close();
    assertThat(table.reserve(run)).isFalse();
  }
}
