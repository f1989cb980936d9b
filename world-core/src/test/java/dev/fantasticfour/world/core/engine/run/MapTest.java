package dev.fantasticfour.world.core.engine.run;

import static dev.fantasticfour.world.api.workflow.AtOnce.atOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.CancelledException;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.FatalException;
import dev.fantasticfour.world.api.error.StepFailedException;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.workflow.AtOnce;
import dev.fantasticfour.world.api.workflow.BranchFailedException;
import dev.fantasticfour.world.api.workflow.Outcome;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A branch for each item, so many at once. */
class MapTest {

  private static final List<String> ITEMS = List.of("a", "b", "c", "d", "e");

  private static String step(WorkflowContext ctx, String name) {
    return ctx.step(name, String.class, s -> "unused");
  }

  private static Workflow<String, String> mapping(int atOnce) {
    return (ctx, in) ->
        ctx.map(ITEMS, atOnce(atOnce), (branch, item) -> step(branch, item)).toString();
  }

  private static Workflow<String, String> outcomes() {
    return (ctx, in) -> {
      List<Outcome<String>> outcomes =
          ctx.mapOutcomes(ITEMS, atOnce(2), (b, item) -> step(b, item));
      return outcomes.stream().map(MapTest::told).toList().toString();
    };
  }

  private static String told(Outcome<String> outcome) {
    return switch (outcome) {
      case Outcome.Success<String> success -> success.result();
      case Outcome.Failure<String> failure -> failure.cause().getClass().getSimpleName();
    };
  }

  private static String output(Rig rig) {
    Payload output = rig.view().output();
    return output == null ? "none, it is " + rig.view().status() : output.text();
  }

  private static List<String> running(Rig rig) {
    return rig.host().bodies().stream().map(ScriptedHost.Body::name).toList();
  }

  @Test
  void soManyGoOnAtOnceAndTheNextBeginsWhenAnyHasEnded() {
    try (Rig rig = new Rig(mapping(2))) {
      assertThat(running(rig)).containsExactly("a", "b");
      rig.finish("b", "B");
      assertThat(running(rig)).containsExactly("a", "c");
      rig.finish("c", "C");
      rig.finish("a", "A");
      assertThat(running(rig)).containsExactly("d", "e");
      rig.finish("e", "E");
      rig.finish("d", "D");

      assertThat(output(rig)).isEqualTo("\"[A, B, C, D, E]\"");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5, 100})
  void theResultsAreInTheOrderOfTheItemsHoweverManyGoOn(int atOnce) {
    try (Rig rig = new Rig(mapping(atOnce))) {
      while (!running(rig).isEmpty()) {
        assertThat(running(rig)).hasSizeLessThanOrEqualTo(atOnce);
        rig.finish(running(rig).getLast(), running(rig).getLast().toUpperCase());
      }

      assertThat(output(rig)).isEqualTo("\"[A, B, C, D, E]\"");
    }
  }

  @Test
  void theFirstFailureCancelsThoseThatGoOnAndLetsNoMoreBegin() {
    try (Rig rig = new Rig(mapping(2))) {
      rig.fail("b", new FatalException("cannot be"));

      assertThat(rig.view().status()).isEqualTo(RunStatus.FAILED);
      assertThat(rig.words()).endsWith("step_failed", "step_cancelled", "run_failed");
    }
  }

  @Test
  void aFailureIsAnOutcomeLikeAnyOther() {
    try (Rig rig = new Rig(outcomes())) {
      rig.fail("b", new FatalException("cannot be"));
      for (String item : List.of("a", "c", "d", "e")) {
        rig.finish(item, item + "!");
      }

      assertThat(output(rig)).isEqualTo("\"[a!, StepFailedException, c!, d!, e!]\"");
    }
  }

  @Test
  void aCancellationReachesThoseThatGoOnAndLetsNoMoreBegin() {
    for (Workflow<String, String> code : List.of(mapping(2), outcomes())) {
      try (Rig rig = new Rig(code)) {
        rig.finish("a", "A");
        rig.cancel("stop");

        assertThat(rig.view().status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(rig.words()).endsWith("step_cancelled", "step_cancelled", "run_cancelled");
      }
    }
  }

  @Test
  void aBranchThatGivesUpByItselfIsAFailedOutcome() {
    try (Rig rig =
        new Rig(
            (ctx, in) ->
                ctx
                    .<String, String>mapOutcomes(
                        ITEMS,
                        atOnce(2),
                        (b, item) -> {
                          throw item.equals("a")
                              ? new CancelledException("by itself")
                              : new IOException(item);
                        })
                    .stream()
                    .map(MapTest::told)
                    .distinct()
                    .toList()
                    .toString())) {
      assertThat(output(rig)).isEqualTo("\"[CancelledException, BranchFailedException]\"");
    }
  }

  @Test
  void aRefusedArgumentIsNoOutcome() {
    try (Rig rig =
        new Rig(
            (ctx, in) ->
                ctx.mapOutcomes(
                        ITEMS, atOnce(2), (b, item) -> step(b, item.equals("a") ? " " : item))
                    .toString())) {
      assertThat(rig.view().status()).isEqualTo(RunStatus.FAILED);
    }
  }

  @Test
  void itemsAndResultsMayBeNullAndTheirListIsLookedAtOnce() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              List<String> items = new ArrayList<>(Arrays.asList("a", null));
              List<String> results =
                  ctx.map(
                      items,
                      atOnce(1),
                      (b, item) -> {
                        items.add("more");
                        return item == null ? null : step(b, item);
                      });
              List<Outcome<String>> outcomes =
                  ctx.mapOutcomes(Arrays.asList((String) null), atOnce(1), (b, item) -> item);
              return results + " " + outcomes.getFirst().get();
            })) {
      rig.finish("a", "A");

      assertThat(output(rig)).isEqualTo("\"[A, null] null\"");
    }
  }

  @Test
  void withoutItemsThereIsNothingToWaitFor() {
    try (Rig rig =
        new Rig(
            (ctx, in) ->
                ctx.map(List.<String>of(), atOnce(1), (b, item) -> step(b, item)).toString()
                    + ctx.mapOutcomes(List.<String>of(), atOnce(1), (b, item) -> step(b, item)))) {
      assertThat(output(rig)).isEqualTo("\"[][]\"");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void fewerThanOneAtOnceIsRefused(int atOnce) {
    assertThatThrownBy(() -> AtOnce.atOnce(atOnce))
        .isInstanceOfSatisfying(
            WorldException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
        .hasMessageContaining(String.valueOf(atOnce));
  }

  @Test
  void anOutcomeGivesItsResultOrThrowsWhatTheBranchThrew() {
    Outcome<String> success = new Outcome.Success<>("x");
    Outcome<String> failure = new Outcome.Failure<>(new NoSuchElementException("none"));

    assertThat(success.isSuccess()).isTrue();
    assertThat(success.get()).isEqualTo("x");
    assertThat(failure.isSuccess()).isFalse();
    assertThatThrownBy(failure::get).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void anEvictionInTheMiddleChangesNothing() throws Exception {
    Workflow<String, String> code =
        (ctx, in) ->
            ctx.map(
                    ITEMS,
                    atOnce(2),
                    (b, item) -> {
                      b.sleep(Duration.ofMinutes(item.equals("a") ? 100 : 1));
                      return item + b.now();
                    })
                .toString();
    String smooth = null;
    for (int evictAfter = -1; evictAfter < 5; evictAfter++) {
      try (Rig rig = new Rig(code)) {
        for (int ring = 0; ring < 5; ring++) {
          if (ring == evictAfter) {
            rig.evict();
            rig.load(code);
          }
          rig.ring();
        }
        smooth = smooth == null ? output(rig) : smooth;
        assertThat(output(rig)).as("evicted before %d", evictAfter).isEqualTo(smooth);
      }
    }
  }

  @Test
  void moreAtOnceMayBeLetOnTheirWayAndFewerAreNamed() {
    try (Rig rig = new Rig(mapping(2))) {
      rig.finish("b", "B");
      rig.reload(mapping(4));
      assertThat(running(rig)).containsExactlyInAnyOrder("a", "c", "d", "e");
      rig.finish("d", "D");
      rig.reload(mapping(1));

      assertThat(rig.view().stalledReason()).contains("branch '/1'", "ctx.map", "fewer branches");
    }
  }

  @Test
  void whatFailsIsThrownAsItIs() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              try {
                return ctx.map(ITEMS, atOnce(2), (b, item) -> thrown(b, item)).toString();
              } catch (BranchFailedException e) {
                return e.getCause().getMessage();
              } catch (StepFailedException e) {
                return "a step";
              }
            })) {
      rig.finish("a", "A");

      assertThat(output(rig)).isEqualTo("\"A\"");
    }
  }

  private static String thrown(WorkflowContext ctx, String item) throws IOException {
    throw new IOException(step(ctx, item));
  }
}
