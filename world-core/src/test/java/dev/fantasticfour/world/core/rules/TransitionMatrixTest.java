package dev.fantasticfour.world.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What must hold for whole regions of the table, said in another way than the table says it. */
final class TransitionMatrixTest {

  private static final List<MatrixCase> CASES =
      TransitionMatrix.cases("m", Instant.parse("2026-01-01T00:00:00Z"));

  private static List<MatrixCase> where(Predicate<MatrixCase> region) {
    List<MatrixCase> found = CASES.stream().filter(region).toList();
    assertThat(found).isNotEmpty();
    return found;
  }

  private static EventType type(MatrixCase it) {
    return it.draft().fact().type();
  }

  private static boolean isRefused(MatrixCase it) {
    return it.expected() instanceof Verdict.Refused;
  }

  private static boolean isEnded(MatrixCase it) {
    return it.at().run() instanceof RunState.Present run && run.status().isFinal();
  }

  @Test
  void everyCellHasARunOfItsOwnAndEveryTypeThatCanBeAsked() {
    assertThat(CASES).extracting(it -> it.at().id()).doesNotHaveDuplicates();
    Set<EventType> types =
        CASES.stream().map(TransitionMatrixTest::type).collect(Collectors.toSet());
    Set<EventType> all = EnumSet.allOf(EventType.class);
    all.removeAll(
        EnumSet.of(
            EventType.HOOK_CONFLICT,
            EventType.HOOK_CARRIED,
            EventType.CHILD_CONFLICT,
            EventType.CHILD_CARRIED,
            EventType.PERMIT_GRANTED));
    assertThat(types).isEqualTo(all);
  }

  @Test
  void everyKindOfVerdictOccurs() {
    Set<Class<?>> verdicts = new HashSet<>();
    Set<Class<?>> refusals = new HashSet<>();
    for (MatrixCase it : CASES) {
      verdicts.add(it.expected().getClass());
      if (it.expected() instanceof Verdict.Refused refused) {
        refusals.add(refused.result().getClass());
      }
    }
    // That a child's key is taken is a matter of its creation, with which no cell is tried.
    verdicts.add(Verdict.KeyTaken.class);
    assertThat(verdicts).containsExactlyInAnyOrder(Verdict.class.getPermittedSubclasses());
    assertThat(refusals)
        .containsExactlyInAnyOrder(
            AppendResult.Closed.class,
            AppendResult.Conflict.class,
            AppendResult.Fenced.class,
            AppendResult.NotFound.class,
            AppendResult.TooEarly.class);
  }

  @Test
  void nothingIsAcceptedByARunThatEnded() {
    assertThat(where(TransitionMatrixTest::isEnded)).allMatch(TransitionMatrixTest::isRefused);
  }

  @Test
  void onlyACreationIsAcceptedByARunThatIsNotThere() {
    assertThat(where(it -> it.at().run() instanceof RunState.Absent && !isRefused(it)))
        .allMatch(it -> type(it) == EventType.RUN_CREATED || type(it) == EventType.RUN_STARTED);
  }

  @Test
  void anOwnerWhoseClaimIsOverIsFencedWhateverItSays() {
    assertThat(
            where(
                it ->
                    it.at().run() instanceof RunState.Present run
                        && !run.status().isFinal()
                        && it.at().by() instanceof Authority.Owner owner
                        && !run.isOwnedBy(owner.worker(), owner.epoch())
                        && type(it) != EventType.RUN_CREATED))
        .allMatch(
            it ->
                it.expected() instanceof Verdict.Refused refused
                    && refused.result() instanceof AppendResult.Fenced);
  }

  @Test
  void strangersAppendSevenTypesToAClaimedRun() {
    Set<EventType> accepted =
        where(it -> it.claimed() && it.at().by() instanceof Authority.Anyone && !isRefused(it))
            .stream()
            .map(TransitionMatrixTest::type)
            .collect(Collectors.toSet());
    assertThat(accepted)
        .containsExactlyInAnyOrder(
            EventType.HOOK_RECEIVED,
            EventType.CANCEL_REQUESTED,
            EventType.WAIT_COMPLETED,
            EventType.RUN_TERMINATED,
            EventType.SIGNAL_RECEIVED,
            EventType.ATTRIBUTES_SET,
            EventType.UPDATE_REQUESTED);
  }

  @Test
  void foreignersAppendNothingToAClaimedRun() {
    assertThat(where(it -> it.claimed() && it.at().by() instanceof Authority.Foreign))
        .allMatch(TransitionMatrixTest::isRefused);
  }

  @Test
  void whatAnOwnerAppendsIsNotWhatStrangersMayAddBehindItsBack() {
    Set<EventType> accepted =
        where(it -> it.at().by() instanceof Authority.Owner && !isRefused(it)).stream()
            .map(TransitionMatrixTest::type)
            .collect(Collectors.toSet());
    assertThat(accepted)
        .hasSize(28)
        .doesNotContain(
            EventType.RUN_CREATED,
            EventType.RUN_TERMINATED,
            EventType.CANCEL_REQUESTED,
            EventType.HOOK_RECEIVED,
            EventType.SIGNAL_RECEIVED,
            EventType.RUN_DEFERRED,
            EventType.UPDATE_REQUESTED);
  }

  @Test
  void aFinalStepTakesNoFurtherEvent() {
    assertThat(
            where(
                it ->
                    type(it).isOfStep()
                        && it.at().step() instanceof StepState.Present step
                        && step.status().isFinal()))
        .allMatch(TransitionMatrixTest::isRefused);
  }
}
