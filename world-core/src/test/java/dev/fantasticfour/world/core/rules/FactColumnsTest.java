package dev.fantasticfour.world.core.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class FactColumnsTest {

  @Test
  void everyFactComesBackFromItsColumns() {
    assertThat(Stream.concat(EveryFact.FULL.stream(), EveryFact.BARE.stream()))
        .allSatisfy(
            fact ->
                assertThat(FactReading.fact(fact.type(), FactColumns.of(fact))).isEqualTo(fact));
  }

  @Test
  void everyTypeButTheCreationOfARunIsHere() {
    assertThat(EveryFact.FULL.stream().map(Fact::type).collect(Collectors.toSet()))
        .hasSize(EventType.values().length - 1)
        .doesNotContain(EventType.RUN_CREATED);
  }

  @Test
  void aColumnThatATypeNeedsIsMissed() {
    FactColumns nothing = FactColumns.of(new Fact.WaitCompleted());
    assertThatThrownBy(() -> FactReading.fact(EventType.HOOK_CREATED, nothing))
        .hasMessage("hook_created without token");
    assertThatThrownBy(() -> FactReading.fact(EventType.RUN_CREATED, nothing))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
