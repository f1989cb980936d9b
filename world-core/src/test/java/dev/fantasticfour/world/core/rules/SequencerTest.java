package dev.fantasticfour.world.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Draft;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SequencerTest {

  private static final RunId RUN = new RunId("r");
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.000001Z");

  private static List<Event> placed(long last, Instant lastCreatedAt, Instant now) {
    Ruling.Entry entry =
        new Ruling.Entry(new Draft("wait_1", NOW, new Fact.WaitCompleted()), Event.NOT_BY_OWNER);
    return Sequencer.of(RUN, "btch_1", List.of(entry, entry), last, lastCreatedAt, now);
  }

  @Test
  void theFirstEventsOfARunCountFromOneAtTheStoresTime() {
    List<Event> events = placed(0, Instant.MAX, NOW);
    assertThat(events).extracting(Event::position).containsExactly(1L, 2L);
    assertThat(events).extracting(Event::createdAt).containsExactly(NOW, NOW.plusNanos(1_000));
  }

  @Test
  void timesGrowAlthoughTheClockHasGoneBack() {
    assertThat(placed(7, NOW, NOW.minusSeconds(60)))
        .extracting(Event::createdAt)
        .containsExactly(NOW.plusNanos(1_000), NOW.plusNanos(2_000));
  }

  @Test
  void timesAreAsExactAsStoresAre() {
    assertThat(placed(7, NOW, NOW.plusSeconds(1).plusNanos(999)).getFirst().createdAt())
        .isEqualTo(NOW.plusSeconds(1));
  }

  @Test
  void idsSortAsPositionsDo() {
    List<Event> events = placed(7, NOW, NOW);
    assertThat(events).extracting(Event::position).containsExactly(8L, 9L);
    assertThat(events.getFirst().id()).isLessThan(events.getLast().id());
  }
}
