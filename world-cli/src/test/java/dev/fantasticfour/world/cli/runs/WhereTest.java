package dev.fantasticfour.world.cli.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunFilter;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A filter in one text means what the options mean. */
class WhereTest {

  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");

  @Command
  private static final class Searching {
    @Mixin private RunSearch search = new RunSearch();
  }

  private static RunFilter filter(String... arguments) {
    Searching searching = new Searching();
    new CommandLine(searching).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
    return searching.search.filter(NOW);
  }

  @Test
  void everyWordMeansWhatItsOptionMeans() {
    assertThat(
            filter(
                "--where",
                "workflow=order status=failed,cancelled attr.city=Oslo attr.amount:number>=5"
                    + " since=24h until=1h key=k-1 queue=shop stalled=true"))
        .isEqualTo(
            filter(
                "--workflow",
                "order",
                "--status",
                "failed,cancelled",
                "--attribute",
                "city=Oslo",
                "--attribute",
                "amount:number>=5",
                "--since",
                "24h",
                "--until",
                "1h",
                "--key",
                "k-1",
                "--task-queue",
                "shop",
                "--stalled"));
    assertThat(filter("--where", "ended-since=7d ended-until=2026-03-02T00:00:00Z"))
        .isEqualTo(filter("--ended-since", "7d", "--ended-before", "2026-03-02T00:00:00Z"));
  }

  @Test
  void twoValuesOfOneKeyAreAlternativesWhereARunCanHaveEither() {
    assertThat(filter("--where", "status=failed status=running attr.city=Oslo attr.city=Rome"))
        .isEqualTo(
            filter(
                "--status",
                "failed",
                "--status",
                "running",
                "--attribute",
                "city=Oslo",
                "--attribute",
                "city=Rome"));
    assertThat(filter("--status", "failed", "--where", "status=running"))
        .isEqualTo(filter("--status", "failed,running"));
  }

  @Test
  void aValueWithSpacesStandsInQuotes() {
    RunFilter meant = filter("--workflow", "nobody knows it", "--attribute", "city=New York");
    assertThat(filter("--where", "workflow=\"nobody knows it\" attr.city='New York'"))
        .isEqualTo(meant);
    assertThat(filter("--where", "\"workflow=nobody knows it\" 'attr.city=New York'"))
        .isEqualTo(meant);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                         | says nothing",
        "failed                     | means nothing",
        "state=failed               | means nothing",
        "status=                    | means nothing",
        "status=asleep              | must be pending, running",
        "stalled=perhaps            | must be true or false",
        "workflow=a workflow=b      | asked for twice",
        "workflow=\"order           | quote",
        "attr.name=O'Brien          | quote",
        "since=yesterday            | a time looks like",
        "attr.=Oslo                 | an attribute looks like"
      })
  void whatMeansNothingIsRefused(String where, String why) {
    assertThatThrownBy(() -> filter("--where", where))
        .isInstanceOf(WorldException.class)
        .hasMessageContaining(why);
  }
}
