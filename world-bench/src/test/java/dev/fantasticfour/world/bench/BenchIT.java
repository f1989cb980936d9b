package dev.fantasticfour.world.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That a row is measured on real servers, against the real peers. Never how fast anything was. */
@Timeout(90)
class BenchIT {

  @Test
  void theSmallestBenchmarkOfRowAHasAFigureOfEverySide() throws Exception {
    UsageTest.Outcome outcome = UsageTest.run("--tiny", "--rows", "a", "--json");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode document = new ObjectMapper().readTree(outcome.out());
    assertThat(document.at("/environment/postgres").asText()).isNotBlank();
    JsonNode rows = document.at("/rows");
    assertThat(rows).hasSize(16);
    for (JsonNode row : rows) {
      assertThat(row.at("/row").asText()).isEqualTo("a");
      assertThat(row.at("/count").asLong()).isPositive();
      assertThat(row.at("/world/median").asDouble()).isPositive();
      assertThat(row.at("/peer/name").asText()).isIn("bare loop", "DBOS");
      assertThat(row.at("/peer/median").asDouble()).isPositive();
    }
    assertThat(rows).filteredOn(row -> row.at("/note").asText().contains("each way")).hasSize(8);
    assertThat(rows).filteredOn(row -> row.at("/target/met").isBoolean()).hasSize(6);
    assertThat(outcome.err().lines()).allMatch(line -> line.startsWith("bench: a, "));
  }

  @ParameterizedTest
  @CsvSource({"h, DBOS send/recv", "n, DBOS send/recv", "o, DBOS send/getEvent"})
  void aConversationHasAFigureOfBothNodesNearAndFar(String letter, String peer) throws Exception {
    JsonNode rows = smallest(letter);
    assertThat(rows).hasSize(8);
    for (JsonNode row : rows) {
      assertThat(row.at("/peer/name").asText()).isEqualTo(peer);
      assertThat(row.at("/peer/median").asDouble()).isPositive();
    }
    assertThat(rows).filteredOn(row -> row.at("/what").asText().contains("other node")).hasSize(4);
    assertThat(rows).filteredOn(row -> row.at("/note").asText().contains("each way")).hasSize(4);
  }

  @Test
  void aCallOfAChildHasFiguresNearAndFar() throws Exception {
    JsonNode rows = smallest("p");
    assertThat(rows).hasSize(4);
    for (JsonNode row : rows) {
      assertThat(row.at("/unit").asText()).isEqualTo("ms");
      assertThat(row.at("/peer/name").asText()).isEqualTo("DBOS");
      assertThat(row.at("/peer/median").asDouble()).isPositive();
    }
    assertThat(rows).filteredOn(row -> row.at("/note").asText().contains("each way")).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"q, DBOS, children/s, true", "s, DBOS queue, items/s, false"})
  void oneRunOfVeryManyHasARateOfBothSides(
      String letter, String peer, String unit, boolean promised) throws Exception {
    JsonNode rows = smallest(letter);
    assertThat(rows).hasSize(1);
    JsonNode row = rows.get(0);
    assertThat(row.at("/count").asInt()).isEqualTo(10);
    assertThat(row.at("/unit").asText()).isEqualTo(unit);
    assertThat(row.at("/peer/name").asText()).isEqualTo(peer);
    assertThat(row.at("/peer/median").asDouble()).isPositive();
    assertThat(row.at("/target/met").isBoolean()).isEqualTo(promised);
  }

  @Test
  void handOversHaveARateOfOneChainAndOfManyAndNobodyBesideThem() throws Exception {
    JsonNode rows = smallest("r");
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).at("/count").asInt()).isEqualTo(3);
    assertThat(rows.get(1).at("/count").asInt()).isEqualTo(100);
    for (JsonNode row : rows) {
      assertThat(row.at("/unit").asText()).isEqualTo("hand-overs/s");
      assertThat(row.at("/peer").isNull()).isTrue();
    }
  }

  /** The lines of the smallest benchmark of one row, each with a figure of World's. */
  private static JsonNode smallest(String letter) throws Exception {
    UsageTest.Outcome outcome = UsageTest.run("--tiny", "--rows", letter, "--json");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode rows = new ObjectMapper().readTree(outcome.out()).at("/rows");
    for (JsonNode row : rows) {
      assertThat(row.at("/row").asText()).isEqualTo(letter);
      assertThat(row.at("/count").asLong()).isPositive();
      assertThat(row.at("/world/median").asDouble()).isPositive();
    }
    return rows;
  }
}
