package dev.fantasticfour.world.core.engine.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.run.RunId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IdSourceTest {

  private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(1_000_000));

  @Test
  void idsSortInTheOrderInWhichTheyWereMade() {
    IdSource ids = IdSource.of(new SystemMachine());

    List<RunId> made = Stream.generate(ids::run).limit(10_000).toList();

    assertThat(made).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void theSameSeedGivesTheSameIds() {
    IdSource one = IdSource.seeded(7, CLOCK);
    IdSource other = IdSource.seeded(7, CLOCK);

    assertThat(one.run()).isEqualTo(other.run());
    assertThat(one.batch()).isEqualTo(other.batch());
    assertThat(one.worker()).isEqualTo(other.worker());
    assertThat(one.run()).isNotEqualTo(IdSource.seeded(8, CLOCK).run());
  }

  @Test
  void eachKindHasItsPrefix() {
    IdSource ids = IdSource.of(new SystemMachine());

    assertThat(ids.run().value()).matches("wrun_[0-9A-Z]{26}");
    assertThat(ids.batch()).matches("btch_[0-9A-Z]{26}");
    assertThat(ids.message()).matches("msg_[0-9A-Z]{26}");
    assertThat(ids.worker().value()).matches("wrkr_[0-9A-Z]{26}");
  }
}
