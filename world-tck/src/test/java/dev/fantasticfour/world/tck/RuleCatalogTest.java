package dev.fantasticfour.world.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.tck.spec.KitTest;
import dev.fantasticfour.world.tck.spec.Level;
import dev.fantasticfour.world.tck.spec.SpecRule;
import dev.fantasticfour.world.tck.spec.Specification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The specification, the kit and the code speak of the same rules. */
final class RuleCatalogTest {

  /** Writes {@code docs/spec/tests.md} anew instead of comparing it. */
  private static final String WRITE = "world.spec.write";

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path TESTS = ROOT.resolve("docs/spec/tests.md");
  private static final int CASES = 235;

  private static final Pattern CITED =
      Pattern.compile(
          "\\b((?:ARC|CEN|CHI|CON|END|FOR|HB|KEY|REL|SHO|UPD|CU|LST|ORD|PAG|PRU|RACE|ID|E|ST|Q|LIN|CR|OUT|EN)-\\d+"
              + "|L\\d{1,2})\\b");
  private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|//[^\\n]*");
  private static final Pattern CASE = Pattern.compile("(?m)^\\| (\\d+) \\| [^|]+ \\| (.+) \\|$");
  private static final Pattern PROOF = Pattern.compile("`(\\w+)(\\.\\w+)?`");

  private final Specification specification = Specification.read();

  private static List<KitTest> tests() {
    return Stream.of(StorageTck.class, QueueTck.class, StreamerTck.class, WorldTck.class)
        .flatMap(kit -> KitTest.of(kit).stream())
        .toList();
  }

  @Test
  void everyTestOfTheKitStandsForARule() {
    assertThat(tests()).isNotEmpty().noneMatch(test -> test.rules().isEmpty());
  }

  @Test
  void everyRuleThatATestNamesIsOneThatCanBeTested() {
    for (KitTest test : tests()) {
      for (String id : test.rules()) {
        assertThat(specification.rule(id)).as("%s of %s", id, test).isPresent();
        assertThat(specification.rule(id).orElseThrow().level().isTested())
            .as("the level of %s, which %s names", id, test)
            .isTrue();
      }
    }
  }

  @Test
  void everyRuleThatCanBeTestedHasATest() {
    Set<String> proven =
        tests().stream().flatMap(test -> test.rules().stream()).collect(Collectors.toSet());
    assertThat(specification.rules())
        .filteredOn(rule -> rule.level().isTested())
        .extracting(SpecRule::id)
        .isNotEmpty()
        .allMatch(proven::contains);
  }

  @Test
  void everyRuleThatIsKeptByTheBuildNamesItsTest() {
    for (SpecRule rule : specification.rules()) {
      if (rule.level() == Level.BUILD) {
        Matcher file = Pattern.compile("`([\\w/.-]+\\.java)`").matcher(rule.text());
        assertThat(file.find()).as("%s names a test", rule.id()).isTrue();
        assertThat(ROOT.resolve(file.group(1))).as(rule.id()).exists();
      }
    }
  }

  @Test
  void everyRuleThatTheCodeCitesIsInTheSpecification() throws IOException {
    Set<String> unknown = new TreeSet<>();
    int cited = 0;
    for (Path source : sources()) {
      Matcher comment = COMMENT.matcher(Files.readString(source));
      while (comment.find()) {
        Matcher id = CITED.matcher(comment.group());
        while (id.find()) {
          cited++;
          if (specification.rule(id.group(1)).isEmpty()) {
            unknown.add(id.group(1) + " in " + ROOT.relativize(source));
          }
        }
      }
    }
    assertThat(unknown).isEmpty();
    assertThat(cited).isGreaterThan(50);
  }

  @Test
  void everyCaseIsProvenOrLeftOutForAReason() throws IOException {
    Map<Integer, String> cases = new TreeMap<>();
    Matcher row = CASE.matcher(Files.readString(ROOT.resolve("docs/spec/cases.md")));
    while (row.find()) {
      assertThat(cases.put(Integer.parseInt(row.group(1)), row.group(2)))
          .as("case %s stands once", row.group(1))
          .isNull();
    }
    assertThat(cases.keySet())
        .containsExactlyElementsOf(IntStream.rangeClosed(1, CASES).boxed().toList());
    Set<String> known = tests().stream().map(KitTest::toString).collect(Collectors.toSet());
    Set<String> files =
        sources().stream().map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    cases.forEach(
        (number, proof) -> {
          Matcher test = PROOF.matcher(proof);
          boolean proven = proof.contains("*left out*: ");
          while (test.find() && test.start() < reason(proof)) {
            String name = test.group(1) + (test.group(2) == null ? "" : test.group(2));
            boolean isKnown =
                test.group(2) == null
                    ? files.contains(test.group(1) + ".java")
                    : known.contains(name);
            assertThat(isKnown).as("case %d: there is a test %s", number, name).isTrue();
            proven = true;
          }
          assertThat(proven).as("case %d is proven or left out: %s", number, proof).isTrue();
        });
  }

  private static int reason(String proof) {
    int at = proof.indexOf("; *");
    return at < 0 ? proof.length() : at;
  }

  @Test
  void thePageOfTestsIsUpToDate() throws IOException {
    String page = page();
    if (Boolean.getBoolean(WRITE)) {
      Files.writeString(TESTS, page);
    }
    assertThat(Files.readString(TESTS))
        .as("docs/spec/tests.md; run this test with -D%s=true to write it", WRITE)
        .isEqualTo(page);
  }

  private String page() {
    StringBuilder page =
        new StringBuilder(
            """
            # Tests

            Every rule of the [specification](README.md) and the tests of the kit that stand for it. Made from the kit by
            `RuleCatalogTest`, with `-Dworld.spec.write=true`.
            """);
    List<KitTest> tests = tests();
    for (SpecRule rule : specification.rules()) {
      if (rule.level().isTested()) {
        page.append("\n## ").append(rule.id()).append("\n\n");
        page.append(rule.level()).append(", [").append(rule.page()).append("](");
        page.append(rule.page()).append(")\n\n");
        tests.stream()
            .filter(test -> test.rules().contains(rule.id()))
            .collect(Collectors.groupingBy(KitTest::chapter, TreeMap::new, Collectors.toList()))
            .forEach(
                (chapter, of) -> {
                  page.append("- ").append(chapter).append(": ");
                  page.append(of.stream().map(KitTest::name).collect(Collectors.joining(", ")));
                  page.append("\n");
                });
      }
    }
    return page.toString();
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.toString().contains("/target/"))
          .toList();
    }
  }
}
