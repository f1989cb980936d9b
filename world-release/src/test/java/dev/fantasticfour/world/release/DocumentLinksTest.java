package dev.fantasticfour.world.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every link between the documents leads to a file that is there, and to a heading in it. */
class DocumentLinksTest {

  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|mailto:)([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?) *$");
  private static final Pattern CODE = Pattern.compile("(?ms)^( *)```.*?^\\1```|`[^`\\n]*`");

  @TempDir Path temporary;

  private static List<Path> documents() throws IOException {
    List<Path> documents = new ArrayList<>();
    for (String each : List.of("README.md", "CHANGELOG.md")) {
      documents.add(Build.ROOT.resolve(each));
    }
    try (Stream<Path> files = Files.walk(Build.ROOT.resolve("docs"))) {
      files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
    }
    return documents;
  }

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    List<String> troubles = new ArrayList<>();
    int links = 0;
    for (Path document : documents()) {
      links += check(document, troubles);
    }
    assertThat(links).isGreaterThan(100);
    assertThat(troubles).isEmpty();
  }

  @Test
  void aFileOrAHeadingThatIsNotThereIsTold() throws IOException {
    Files.writeString(temporary.resolve("there.md"), "# One\n\n## `world` and *you*: a start\n");
    Path page =
        Files.writeString(
            temporary.resolve("page.md"),
            """
            # Page
            [a](there.md) [b](there.md#world-and-you-a-start) [c](#page) [d](https://example.com/#x)
            `[e](nowhere.md)` [f](gone.md) [g](there.md#two) [h](#three)

            ```text
            [i](nowhere.md)
            ```
            """);
    List<String> troubles = new ArrayList<>();
    assertThat(check(page, troubles)).isEqualTo(6);
    assertThat(troubles)
        .satisfiesExactly(
            one -> assertThat(one).contains("page.md", "gone.md"),
            two -> assertThat(two).contains("there.md#two"),
            three -> assertThat(three).contains("#three"));
  }

  private static int check(Path document, List<String> troubles) {
    int links = 0;
    Matcher link = LINK.matcher(CODE.matcher(Build.read(document)).replaceAll(""));
    while (link.find()) {
      links++;
      String[] parts = link.group(1).split("#", 2);
      Path to = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]).normalize();
      if (!Files.exists(to)) {
        troubles.add(document + ": there is no " + link.group(1));
      } else if (parts.length == 2
          && to.toString().endsWith(".md")
          && !anchors(Build.read(to)).contains(parts[1])) {
        troubles.add(document + ": there is no heading for " + link.group(1));
      }
    }
    return links;
  }

  /** What a heading is called in a link: as the pages of repositories and VitePress name it. */
  private static Set<String> anchors(String document) {
    Set<String> anchors = new HashSet<>();
    Map<String, Integer> seen = new HashMap<>();
    Matcher heading =
        HEADING.matcher(Pattern.compile("(?ms)^```.*?^```").matcher(document).replaceAll(""));
    while (heading.find()) {
      String name =
          heading
              .group(1)
              .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
              .toLowerCase(Locale.ROOT)
              .replaceAll("[^\\p{L}\\p{N}\\-_ ]", "")
              .replace(' ', '-');
      int before = seen.merge(name, 1, Integer::sum) - 1;
      anchors.add(before == 0 ? name : name + "-" + before);
    }
    return anchors;
  }
}
