package dev.fantasticfour.world.cli.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.run.ChildRecord;
import dev.fantasticfour.world.api.run.ChildStatus;
import dev.fantasticfour.world.api.run.ClosePolicy;
import dev.fantasticfour.world.api.run.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChildTableTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final int HEAD_LINES = 2;

  static ChildRecord child(int number, ChildStatus status, Instant created) {
    return new ChildRecord(
        new RunId("wrun_1"),
        "chld_" + number,
        new RunId("wrun_1" + number),
        "shipment",
        ClosePolicy.REQUEST_CANCEL,
        status,
        created,
        status == ChildStatus.OPEN ? null : created.plusSeconds(90));
  }

  private static List<ChildRecord> completed(int children) {
    return IntStream.rangeClosed(1, children)
        .mapToObj(number -> child(number, ChildStatus.COMPLETED, NOW))
        .toList();
  }

  private static List<String> lines(List<ChildRecord> children) {
    return ChildTable.of(children).text(OptionalInt.empty()).lines().toList();
  }

  @Test
  void aChildIsALineWithItsRunAndHowLongItTook() {
    assertThat(lines(completed(1)).getLast())
        .contains("chld_1", "shipment", "completed", "1m 30s", "wrun_11");
  }

  @Test
  void ofAThousandChildrenTheFirstAndTheLastAreShownAndTheirNumber() {
    List<String> lines = lines(completed(1_000));
    assertThat(lines).hasSize(HEAD_LINES + 10 + 1 + 10);
    assertThat(lines.get(HEAD_LINES + 10)).contains("980 more", "--json");
    assertThat(lines.get(HEAD_LINES + 11)).contains("chld_991");
    assertThat(lines.getLast()).contains("chld_1000");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20, 21})
  void whatFitsIsShown(int children) {
    assertThat(lines(completed(children))).hasSize(HEAD_LINES + children);
  }

  @Test
  void theSummaryCountsWhatThereIs() {
    List<ChildRecord> children = new ArrayList<>(completed(3));
    children.add(child(4, ChildStatus.OPEN, NOW));
    children.add(child(5, ChildStatus.CANCELLED, NOW));
    assertThat(ChildTable.summary(children)).isEqualTo("1 open, 3 completed, 1 cancelled");
    assertThat(ChildTable.summary(List.of())).isEmpty();
  }
}
