package dev.fantasticfour.world.core.engine.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RunTableTest {

  private final RunId run = IdSource.of(new SystemMachine()).run();
  private final AtomicInteger rooms = new AtomicInteger();
  private final RunTable table = new RunTable(2, 0, rooms::incrementAndGet);

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
  void whatWasSaidToARunThatDidNotComeNobodyHasHeard() {
    table.reserve(run);
    assertThat(table.unreserve(run)).isFalse();
    table.reserve(run);
    assertThat(table.tell(run, 1)).isInstanceOf(Place.Coming.class);
    assertThat(table.unreserve(run)).isTrue();
  }

  @Test
  void whatIsAboutToComeTakesPlaces() {
    table.reserve(run);
    assertThat(table.freePlaces()).isEqualTo(1);
    table.unreserve(run);
    assertThat(table.freePlaces()).isEqualTo(2);
  }

  @Test
  void thereIsRoomAgainForARunThatWasTurnedAway() {
    fill();
    table.reserve(IdSource.of(new SystemMachine()).run());
    table.unreserve(run);
    assertThat(rooms).hasValue(1);
  }

  @Test
  void nobodyIsToldOfRoomThatNobodyWanted() {
    fill();
    table.unreserve(run);
    assertThat(rooms).hasValue(0);
  }

  @Test
  void aRunThatIsHereAlreadyWantsNoRoom() {
    fill();
    table.reserve(run);
    table.unreserve(run);
    assertThat(rooms).hasValue(0);
  }

  @Test
  void roomIsToldOfOnce() {
    fill();
    table.reserve(IdSource.of(new SystemMachine()).run());
    table.unreserve(run);
    table.reserve(run);
    table.unreserve(run);
    assertThat(rooms).hasValue(1);
  }

  @Test
  void thereIsRoomOnlyWhenAGoodPartOfThePlacesIsFree() {
    RunTable large = new RunTable(8, 0, rooms::incrementAndGet);
    List<RunId> runs = Stream.generate(IdSource.of(new SystemMachine())::run).limit(8).toList();
    runs.forEach(large::reserve);
    large.reserve(run);
    large.unreserve(runs.get(0));
    assertThat(rooms).hasValue(0);
    large.unreserve(runs.get(1));
    assertThat(rooms).hasValue(1);
  }

  private void fill() {
    table.reserve(run);
    table.reserve(IdSource.of(new SystemMachine()).run());
  }

  @Test
  void aClosedTableTakesNothing() {
    table.close();
    assertThat(table.reserve(run)).isFalse();
  }
}
