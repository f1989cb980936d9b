package dev.fantasticfour.world.api.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.attribute.AttributeCondition;
import dev.fantasticfour.world.api.attribute.AttributeKey;
import dev.fantasticfour.world.api.attribute.AttributeOrder;
import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunFilterTest {

  private static final AttributeKey<String> CUSTOMER = AttributeKey.keyword("customer");
  private static final AttributeKey<Long> AMOUNT = AttributeKey.number("amount");
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void aFilterReadsAsASentence() {
    RunFilter filter =
        Runs.of(WorkflowType.of("order", String.class, String.class))
            .status(RunStatus.FAILED)
            .where(CUSTOMER.is("c-1"))
            .where(AMOUNT.between(100L, 500L))
            .createdSince(NOON);
    assertThat(filter.workflow()).isEqualTo("order");
    assertThat(filter.statuses()).containsExactly(RunStatus.FAILED);
    assertThat(filter.where()).hasSize(2);
    assertThat(filter.createdSince()).isEqualTo(NOON);
  }

  @Test
  void whatOneIsMadeOfInWhateverOrderIsOneFilter() {
    RunFilter one =
        Runs.all()
            .status(RunStatus.FAILED, RunStatus.CANCELLED)
            .where(CUSTOMER.in(List.of("a", "b")))
            .where(AMOUNT.is(1L));
    RunFilter other =
        Runs.all()
            .where(AMOUNT.is(1L))
            .where(CUSTOMER.in(Set.of("b", "a")))
            .where(AMOUNT.is(1L))
            .status(List.of(RunStatus.CANCELLED, RunStatus.FAILED));
    assertThat(one).isEqualTo(other).hasToString(other.toString());
  }

  @Test
  void whatMakesNoSenseIsRefusedWhenItIsMade() {
    for (Runnable each :
        List.<Runnable>of(
            () -> AMOUNT.between(5L, 4L),
            () -> CUSTOMER.in(List.of()),
            () -> AMOUNT.in(IntStream.range(0, 101).mapToObj(Long::valueOf).toList()),
            () -> AttributeKey.bool("paid").atLeast(true),
            () -> AttributeKey.keywords("tags").atMost(Set.of("a")),
            () -> CUSTOMER.contains("a"),
            () -> CUSTOMER.is("x".repeat(1025)),
            () -> new AttributeCondition.Range("a", AttributeOrder.TEXT, null, null),
            () ->
                new AttributeCondition.Range(
                    "a", AttributeOrder.TIME, AttributeValue.of("yesterday"), null),
            () -> new AttributeCondition.Exists("a\0b"),
            () -> new AttributeCondition.Exists(""),
            () -> Runs.all().createdSince(NOON).createdBefore(NOON),
            () -> Runs.all().endedBefore(NOON).endedSince(NOON))) {
      assertThatThrownBy(each::run).isInstanceOf(WorldException.class);
    }
    assertThatThrownBy(
            () -> {
              RunFilter filter = Runs.all();
              for (long i = 0; i < 21; i++) {
                filter = filter.where(AMOUNT.isNot(i));
              }
            })
        .isInstanceOf(WorldException.class);
  }

  @Test
  void timesAreBoundedByWholeMicroseconds() {
    assertThat(Runs.all().createdSince(NOON.plusNanos(1)).createdSince())
        .isEqualTo(NOON.plusNanos(1_000));
    assertThat(Runs.all().endedBefore(NOON).endedBefore()).isEqualTo(NOON);
    assertThatThrownBy(() -> Runs.all().createdSince(Instant.MIN))
        .isInstanceOf(WorldException.class)
        .hasMessageContaining("years 1 to 9999");
  }

  @Test
  void aCountSaysWhenItStopped() {
    assertThat(RunCount.of(10_000)).isEqualTo(new RunCount(10_000, false)).hasToString("10000");
    assertThat(RunCount.of(10_001)).hasToString("10000 or more");
  }
}
