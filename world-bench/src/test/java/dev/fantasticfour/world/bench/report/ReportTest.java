package dev.fantasticfour.world.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fantasticfour.world.bench.statistics.Series;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final Comparison RATE =
      new Comparison(
          "b",
          "5 steps",
          "runs/s",
          Series.of(900, 1_000, 1_100),
          "DBOS",
          Series.of(100, 200, 110),
          20_000,
          Objective.ratioAtLeast(6),
          "a note");
  private static final Comparison SLOW =
      new Comparison(
          "a",
          "1 step, p50",
          "ms",
          Series.of(1.3, 1.3, 1.3),
          "bare loop",
          Series.of(1, 1, 1),
          2_000,
          Objective.ratioAtMost(1.2),
          "");
  private static final Comparison ALONE =
      Comparison.alone("g", "chunks", "chunks/s", Series.of(49_999, 49_999, 49_999), 7)
          .target(Objective.atLeast(50_000).asAim());

  private static Report report(boolean quick, Comparison... comparisons) {
    return new Report(
        new Environment(
            Instant.EPOCH,
            "18 (embedded)",
            "7 (given)",
            "JDK 25",
            2,
            quick,
            3,
            List.of("As it is.")),
        List.of(comparisons));
  }

  @Test
  void aTargetIsMetByTheMedianOfTheRatios() {
    assertThat(RATE.ratio()).isEqualTo(Series.of(9, 5, 10));
    assertThat(RATE.isMet()).isTrue();
    assertThat(SLOW.isMet()).isFalse();
    assertThat(ALONE.isMet()).isFalse();
    assertThat(ALONE.target(null).isMet()).isNull();
    assertThat(ALONE.target(Objective.ratioAtLeast(1)).isMet()).isNull();
    assertThat(SLOW.target(Objective.ratioAtMost(1.3)).isMet()).isTrue();
  }

  @Test
  void theTableHasALineForEachFigure() {
    String text = TextReport.of(report(false, SLOW, RATE, ALONE));
    List<String> lines = text.lines().toList();
    assertThat(lines.get(0)).contains("row", "World", "peer", "spread", "target");
    assertThat(lines.get(2))
        .contains("1 step, p50", "1.30", "bare loop", "1.00", "≤ 1.2×", "missed");
    assertThat(lines.get(3))
        .contains("5 steps", "1,000", "DBOS", "110", "9.00", "20,000", "20 % / 91 %", "≥ 6×", "met")
        .doesNotContain("missed");
    assertThat(lines.get(4)).contains("chunks", "49,999", "aim ≥ 50,000", "missed");
    assertThat(text)
        .contains("18 (embedded)", "7 (given)", "JDK 25", "As it is.", "(b) a note")
        .doesNotContain("QUICK");
  }

  @Test
  void quickFiguresAreCalledSo() {
    assertThat(TextReport.of(report(true, ALONE))).contains("QUICK", "JIT");
  }

  @Test
  void theDocumentHasEveryRepeat() throws Exception {
    JsonNode document = new ObjectMapper().readTree(JsonReport.of(report(true, RATE, ALONE)));
    assertThat(document.at("/environment/quick").asBoolean()).isTrue();
    assertThat(document.at("/environment/repeats").asInt()).isEqualTo(3);
    JsonNode rate = document.at("/rows/0");
    assertThat(rate.at("/world/repeats")).hasSize(3);
    assertThat(rate.at("/world/median").asDouble()).isEqualTo(1_000);
    assertThat(rate.at("/peer/name").asText()).isEqualTo("DBOS");
    assertThat(rate.at("/ratio/median").asDouble()).isEqualTo(9);
    assertThat(rate.at("/target/of").asText()).isEqualTo("ratio");
    assertThat(rate.at("/target/met").asBoolean()).isTrue();
    JsonNode alone = document.at("/rows/1");
    assertThat(alone.at("/peer").isNull()).isTrue();
    assertThat(alone.at("/target/firm").asBoolean()).isFalse();
    assertThat(alone.at("/target/met").asBoolean()).isFalse();
  }
}
