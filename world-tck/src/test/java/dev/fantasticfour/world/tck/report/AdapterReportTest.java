package dev.fantasticfour.world.tck.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.tck.Harness;
import dev.fantasticfour.world.tck.QueueTck;
import dev.fantasticfour.world.tck.report.TestOutcome.Word;
import dev.fantasticfour.world.tck.spec.KitTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A report says what ran and what did not. */
final class AdapterReportTest {

  /** Never run: a class that extends a kit. */
  abstract static class SomeQueueTckTest extends QueueTck {
    @Override
    public Harness<Queue> harness() {
      throw new AssertionError("nobody runs this");
    }
  }

  private static final List<KitTest> ALL = KitTest.of(SomeQueueTckTest.class);

  private static AdapterReport report(List<KitTest> passed, List<TestOutcome> others) {
    List<TestOutcome> outcomes =
        new ArrayList<>(
            passed.stream().map(test -> new TestOutcome(test, Word.PASSED, "", 1)).toList());
    outcomes.addAll(others);
    return AdapterReport.of(SomeQueueTckTest.class, List.of("server 1"), List.of(), outcomes);
  }

  @Test
  void anAdapterThatPassedEverythingIsConformant() {
    AdapterReport report = report(ALL, List.of());

    assertThat(report.isConformant()).isTrue();
    assertThat(report.adapter()).isEqualTo("SomeQueue");
    assertThat(report.kit()).isEqualTo("QueueTck");
  }

  @Test
  void aTestThatWasLeftOutIsNotRunAndItsAdapterNotConformant() {
    AdapterReport report = report(ALL.subList(1, ALL.size()), List.of());

    assertThat(report.isConformant()).isFalse();
    assertThat(ReportPage.of(report))
        .contains("NOT conformant", "| " + ALL.getFirst() + " | not run |");
    assertThat(ReportJson.of(report)).contains("\"conformant\": false", "\"notRun\": 1");
  }

  @Test
  void whatWasDeclinedByNameStandsInTheReport() {
    AdapterReport report =
        report(
            ALL.subList(1, ALL.size()),
            List.of(
                new TestOutcome(
                    ALL.getFirst(), Word.DECLINED, "the harness declines CLOCK: \"no\"", 1)));

    assertThat(report.isConformant()).isTrue();
    assertThat(report.declined()).containsExactly("the harness declines CLOCK: \"no\"");
    assertThat(ReportJson.of(report)).contains("the harness declines CLOCK: \\\"no\\\"");
  }
}
