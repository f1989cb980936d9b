package dev.fantasticfour.world.core.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.Site;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class FactColumnsTest {

  private static final Site SITE = new Site("charge", "0.1", 2);
  private static final Payload VALUE = Payload.json("1");
  private static final Instant TIME = Instant.parse("2026-03-01T12:00:00Z");

  private static final List<Fact> FULL =
      List.of(
          new Fact.RunStarted(null),
          new Fact.RunCompleted(VALUE),
          new Fact.RunFailed(VALUE, "CODE"),
          new Fact.RunCancelled("why"),
          new Fact.RunTerminated("why"),
          new Fact.CancelRequested("why"),
          new Fact.StepCreated(SITE, VALUE),
          new Fact.StepStarted(SITE, 3, "somebody"),
          new Fact.StepStarted(SITE, 3, "somebody", TIME),
          new Fact.StepRetrying(SITE, 3, VALUE, TIME),
          new Fact.StepCompleted(SITE, 3, TIME, VALUE),
          new Fact.StepFailed(SITE, 3, TIME, VALUE, "CODE"),
          new Fact.StepCancelled(SITE),
          new Fact.HookCreated(SITE, "token", VALUE, false),
          new Fact.HookReceived(VALUE),
          new Fact.HookDisposed(),
          new Fact.HookConflict(SITE, "token", "run"),
          new Fact.WaitCreated(SITE, TIME),
          new Fact.WaitCompleted(),
          new Fact.WaitCancelled());

  private static final List<Fact> BARE =
      List.of(
          new Fact.RunCompleted(null),
          new Fact.RunFailed(VALUE, null),
          new Fact.RunCancelled(null),
          new Fact.RunTerminated(null),
          new Fact.CancelRequested(null),
          new Fact.StepCreated(SITE, null),
          new Fact.StepStarted(null, 0, null),
          new Fact.StepRetrying(null, 1, VALUE, null),
          new Fact.StepCompleted(null, 1, null, null),
          new Fact.StepFailed(null, 1, null, VALUE, null),
          new Fact.StepCancelled(null),
          new Fact.HookCreated(null, "token", null, null),
          new Fact.HookReceived(null),
          new Fact.HookConflict(null, "token", "run"),
          new Fact.WaitCreated(null, TIME));

  @Test
  void everyFactComesBackFromItsColumns() {
    assertThat(Stream.concat(FULL.stream(), BARE.stream()))
        .allSatisfy(fact -> assertThat(FactColumns.of(fact).fact(fact.type())).isEqualTo(fact));
  }

  @Test
  void everyTypeButTheCreationOfARunIsHere() {
    assertThat(FULL.stream().map(Fact::type).collect(Collectors.toSet()))
        .hasSize(EventType.values().length - 1)
        .doesNotContain(EventType.RUN_CREATED);
  }

  @Test
  void aColumnThatATypeNeedsIsMissed() {
    FactColumns nothing = FactColumns.of(new Fact.WaitCompleted());
    assertThatThrownBy(() -> nothing.fact(EventType.HOOK_CREATED))
        .hasMessage("hook_created without token");
    assertThatThrownBy(() -> nothing.fact(EventType.RUN_CREATED))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
