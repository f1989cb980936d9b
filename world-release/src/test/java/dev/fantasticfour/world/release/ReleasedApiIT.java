package dev.fantasticfour.world.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What was promised in the last release still holds, but for what api-breaks.xml accepts. */
class ReleasedApiIT {

  static final Path ACCEPTED = Path.of("src/released/api-breaks.xml");

  private static final String CORE = "dev.fantasticfour.world.core.";

  /** The modules others compile against, with their packages; none for all. */
  private static final Map<String, List<String>> PROMISED =
      Map.of(
          "world-api", List.of(),
          "world-core", List.of(CORE + "port", CORE + "rules"),
          "world-tck", List.of(),
          "world-test", List.of());

  @Test
  void nothingThatWasReleasedIsBrokenUnlessThatIsAccepted() {
    String last = System.getProperty("released.version", "none");
    if (last.equals("none")) {
      System.out.println("Nothing has been released: there is no API to compare this one with.");
    }
    assumeFalse(last.equals("none"), "nothing has been released");
    TreeSet<String> breaks = new TreeSet<>();
    PROMISED.forEach(
        (module, packages) ->
            breaks.addAll(
                ApiBreaks.between(
                    Path.of("target/last-release", module + ".jar"), Build.jar(module), packages)));
    assertThat(ApiBreaks.troubles(breaks, ApiBreaks.accepted(ACCEPTED).keySet()))
        .as("against " + last)
        .isEmpty();
  }
}
