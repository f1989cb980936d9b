package dev.fantasticfour.world.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

/** What Central, and whoever looks a module up there, wants to know of each. */
class PublishedPomsIT {

  private static final String GROUP = "dev.fantasticfour.world";

  private static final String TIME = "project.build.outputTimestamp";

  static List<String> published() {
    return Build.published();
  }

  @ParameterizedTest
  @MethodSource("published")
  void everyPomSaysWhatItIsUnderWhichLicenceByWhomAndFromWhere(String module) {
    Element pom = Build.xml(Build.publishedPom(module));
    assertThat(List.of("groupId", "artifactId", "version", "name", "description", "url"))
        .allSatisfy(field -> assertThat(Build.text(pom, field)).as(field).isNotBlank());
    assertThat(Build.text(pom, "artifactId")).isEqualTo(module);
    assertThat(
            in(in(pom, "licenses"), "license").getElementsByTagName("url").item(0).getTextContent())
        .isEqualTo("https://www.apache.org/licenses/LICENSE-2.0.txt");
    assertThat(Build.text(in(in(pom, "developers"), "developer"), "name")).isNotBlank();
    Element scm = in(pom, "scm");
    assertThat(List.of("connection", "developerConnection", "url"))
        .allSatisfy(field -> assertThat(Build.text(scm, field)).as(field).doesNotContain(module));
    assertThat(Build.child(pom, "parent")).as("what strangers would need besides").isEmpty();
    assertThat(Build.child(pom, "repositories")).isEmpty();
  }

  private static Element in(Element of, String name) {
    return Build.child(of, name)
        .orElseThrow(() -> new AssertionError(of.getTagName() + " has no " + name));
  }

  @Test
  void theBomListsWhatIsPublishedAndNothingElse() {
    Element bom = Build.pom(Build.ROOT.resolve(Build.BOM));
    Element dependencies = in(in(bom, "dependencyManagement"), "dependencies");
    List<Element> listed = Build.children(dependencies, "dependency");
    assertThat(listed)
        .allSatisfy(
            each -> {
              assertThat(Build.text(each, "groupId")).isEqualTo(GROUP);
              assertThat(Build.text(each, "version")).isEqualTo("${project.version}");
            });
    assertThat(listed)
        .map(each -> Build.text(each, "artifactId"))
        .containsExactlyInAnyOrderElementsOf(
            Build.published().stream().filter(module -> !module.equals(Build.BOM)).toList());
  }

  /** It has no parent, so what it is published with stands in it once more. */
  @Test
  void theBomIsPublishedAsAllOthersAre() {
    Element bom = Build.pom(Build.ROOT.resolve(Build.BOM));
    Element parent = Build.pom(Build.ROOT);
    assertThat(Build.text(bom, "version")).isEqualTo(Build.text(parent, "version"));
    for (String field : List.of("url", "developers", "licenses", "scm")) {
      assertThat(Build.text(bom, field).replaceAll("\\s+", " "))
          .as(field)
          .isEqualTo(Build.text(parent, field).replaceAll("\\s+", " "));
    }
    assertThat(Build.text(in(releaseOf(bom), "properties"), TIME))
        .isEqualTo(Build.text(in(parent, "properties"), TIME));
    for (Element plugin : plugins(bom)) {
      String name = Build.text(plugin, "artifactId");
      Element model =
          plugins(parent).stream()
              .filter(each -> Build.text(each, "artifactId").equals(name))
              .findFirst()
              .orElseThrow();
      assertThat(plugin.getTextContent().replaceAll("\\s+", ""))
          .as(name)
          .isEqualTo(
              model
                  .getTextContent()
                  .replace("${maven.deploy.skip}", "")
                  .replace("world-parent", "")
                  .replaceAll("\\s+", ""));
    }
  }

  private static Element releaseOf(Element pom) {
    return Build.children(in(pom, "profiles"), "profile").stream()
        .filter(each -> Build.text(each, "id").equals("release"))
        .findFirst()
        .orElseThrow();
  }

  private static List<Element> plugins(Element pom) {
    return Build.children(in(in(releaseOf(pom), "build"), "plugins"), "plugin");
  }
}
