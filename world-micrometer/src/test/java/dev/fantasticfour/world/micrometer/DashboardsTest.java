package dev.fantasticfour.world.micrometer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fantasticfour.world.core.observe.Meters;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** OBS-1: what the dashboard and the alerts ask for is what Prometheus scrapes. */
class DashboardsTest {

  private static final Pattern METRIC = Pattern.compile("\\bworld_[a-z_]+");
  private static final Pattern SELECTOR = Pattern.compile("(world_[a-z_]+)\\{([^}]*)}");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)(?:=~|!~|!=|=)\"");
  private static final Pattern BY = Pattern.compile("\\bby \\(([^)]*)\\)");
  private static final Pattern ALERT = Pattern.compile("(?m)^ *- alert: (\\w+)$");
  private static final Pattern EXPR = Pattern.compile("(?m)^ *expr: (.+)$");
  private static final Pattern HEADING = Pattern.compile("(?m)^## (.+)$");

  /** Added by Prometheus itself. */
  private static final Set<String> OF_THE_SCRAPE = Set.of("instance");

  private static final Map<String, Set<String>> SCRAPED = scrape();

  /** The labels of every series, by its name. */
  private static Map<String, Set<String>> scrape() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    EverythingObserved.tell(new MicrometerObserver(registry));
    Map<String, Set<String>> scraped = new HashMap<>();
    for (String line : registry.scrape().lines().toList()) {
      if (!line.startsWith("#")) {
        String name = line.split("[{ ]", 2)[0];
        Set<String> labels = scraped.computeIfAbsent(name, key -> new HashSet<>());
        LABEL.matcher(line).results().map(found -> found.group(1)).forEach(labels::add);
      }
    }
    return scraped;
  }

  private static String resource(String name) throws IOException {
    try (InputStream file = DashboardsTest.class.getResourceAsStream("/dashboards/" + name)) {
      return new String(file.readAllBytes(), UTF_8);
    }
  }

  static List<String> queries() throws IOException {
    JsonNode dashboard = new ObjectMapper().readTree(resource("world.json"));
    List<String> panels = dashboard.findValuesAsText("expr");
    List<String> alerts = groups(EXPR, resource("alerts.yml"));
    assertThat(panels).hasSizeGreaterThan(20);
    assertThat(alerts).hasSizeGreaterThan(10);
    return Stream.concat(panels.stream(), alerts.stream()).toList();
  }

  private static List<String> groups(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult found) -> found.group(1)).toList();
  }

  @ParameterizedTest
  @MethodSource("queries")
  void everyQueryAsksForWhatThereIs(String query) {
    List<String> names = METRIC.matcher(query).results().map(MatchResult::group).toList();
    assertThat(names).isNotEmpty().allSatisfy(name -> assertThat(SCRAPED).containsKey(name));

    SELECTOR
        .matcher(query)
        .results()
        .forEach(
            found ->
                assertThat(SCRAPED.get(found.group(1))).containsAll(groups(LABEL, found.group(2))));
    Set<String> labels =
        names.stream().flatMap(name -> SCRAPED.get(name).stream()).collect(Collectors.toSet());
    labels.addAll(OF_THE_SCRAPE);
    BY.matcher(query)
        .results()
        .forEach(found -> assertThat(labels).contains(found.group(1).split(", ")));
  }

  @Test
  void everyMeterIsOnTheDashboard() throws IOException {
    String dashboard = resource("world.json");
    assertThat(Meters.values())
        .allSatisfy(meter -> assertThat(dashboard).contains(meter.key().replace('.', '_')));
  }

  @Test
  void everyAlertHasItsPlaceOnThePageForWhoIsOnCall() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "on-call.md"));
    Set<String> explained =
        groups(HEADING, page).stream()
            .flatMap(heading -> Stream.of(heading.split(" and ")))
            .collect(Collectors.toSet());

    assertThat(explained)
        .containsExactlyInAnyOrderElementsOf(groups(ALERT, resource("alerts.yml")));
  }
}
