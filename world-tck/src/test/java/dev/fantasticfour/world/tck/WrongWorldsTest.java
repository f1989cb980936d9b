package dev.fantasticfour.world.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedClass;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.NestedClassSelector;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** The kit finds what is wrong, and says which rule it breaks. */
final class WrongWorldsTest {

  /** What fails of those chapters, by the first lines of the messages. */
  private static List<String> failures(Class<?> world, Class<?>... chapters) {
    NestedClassSelector[] selectors =
        Stream.of(chapters)
            .map(chapter -> selectNestedClass(List.of(world), chapter))
            .toArray(NestedClassSelector[]::new);
    Events tests =
        EngineTestKit.engine("junit-jupiter").selectors(selectors).execute().testEvents();
    assertThat(tests.succeeded().count()).as("a wrong world is wrong in one way only").isPositive();
    return tests.failed().stream()
        .map(event -> event.getRequiredPayload(TestExecutionResult.class))
        .map(result -> result.getThrowable().orElseThrow().getMessage())
        .toList();
  }

  private static void breaks(String rule, List<String> failures) {
    assertThat(failures).anySatisfy(message -> assertThat(message).startsWith("[").contains(rule));
  }

  @Test
  void aWorldWhoseRunsEndTwiceIsFound() {
    List<String> failures = failures(WrongKits.EndingTwice.class, StorageTck.Runs.class);
    breaks("[L8] ", failures);
  }

  @Test
  void aWorldWhoseRunsEndTwiceIsFoundByTheOracleInRaces() {
    breaks("[2.9] ", failures(WrongKits.EndingTwice.class, StorageTck.Races.class));
  }

  @Test
  void aWorldWhoseHooksReceiveWhenTheyAreGoneIsFound() {
    breaks("[2.3] ", failures(WrongKits.ReceivingLate.class, StorageTck.Hooks.class));
    breaks("[2.9, L2] ", failures(WrongKits.ReceivingLate.class, StorageTck.HookRaces.class));
  }

  @Test
  void aWorldThatBelievesAFormerOwnerIsFound() {
    breaks("[L3] ", failures(WrongKits.Unfenced.class, StorageTck.Ownership.class));
  }

  @Test
  void aWorldThatBelievesAFormerOwnerIsFoundByTheMatrix() {
    breaks(
        "[2.3, L3] ",
        failures(WrongKits.Unfenced.class, StorageTck.Matrix.class, StorageTck.Waits.class));
  }

  @Test
  void aWorldThatLetsAnOwnerOverlookAPayloadIsFound() {
    breaks("[L3] ", failures(WrongKits.NeverStale.class, StorageTck.Ownership.class));
  }

  @Test
  void aWorldThatForgetsBatchesIsFound() {
    breaks("[2.6] ", failures(WrongKits.ForgettingBatches.class, StorageTck.Batches.class));
  }

  @Test
  void aWorldThatReformatsJsonIsFound() {
    breaks("[1.2] ", failures(WrongKits.ReformattingJson.class, StorageTck.OddData.class));
  }

  @Test
  void aWorldThatChecksTokensBeforeItTakesThemIsFound() {
    breaks("[2.3] ", failures(WrongKits.CheckingTokensFirst.class, StorageTck.HookRaces.class));
  }

  @Test
  void aWorldWithoutACursorAtTheEndIsFound() {
    breaks("PAG-3", failures(WrongKits.WithoutTailCursor.class, StorageTck.Pages.class));
  }

  @Test
  void aWorldWhoseTokensOutliveTheirHooksIsFound() {
    breaks("[2.3] ", failures(WrongKits.WithStaleTokens.class, StorageTck.Hooks.class));
  }

  @Test
  void aWorldWithALogInOrderOfIdsMadeBeforeTheCommitIsFound() {
    breaks("ORD-1", failures(WrongKits.InOrderOfIds.class, StorageTck.Log.class));
  }

  @Test
  void aWorldInWhichAnOwnerOversleepsIsFound() {
    breaks("[L9] ", failures(WrongKits.Oversleeping.class, StorageTck.DueWork.class));
  }
}
