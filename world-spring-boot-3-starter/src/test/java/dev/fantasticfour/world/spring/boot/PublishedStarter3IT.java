package dev.fantasticfour.world.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What an application gets that depends on the starter for Spring Boot 3.5. */
class PublishedStarter3IT {

  /** What every application of Spring Boot has. */
  private static final Set<String> OF_EVERY_APPLICATION =
      Set.of(
          "commons-logging",
          "io.micrometer",
          "org.jspecify",
          "org.slf4j",
          "org.springframework",
          "org.springframework.boot");

  private static final String OURS = "dev.fantasticfour.world";

  /** Group, name and version of all that comes with a module of World. */
  private static Set<String> broughtBy(String module) throws Exception {
    Element project =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(Path.of("..", module, "target", "published-pom.xml").toFile())
            .getDocumentElement();
    NodeList dependencies = project.getElementsByTagName("dependency");
    Set<String> brought = new TreeSet<>();
    for (int i = 0; i < dependencies.getLength(); i++) {
      Element dependency = (Element) dependencies.item(i);
      if (!text(dependency, "optional").equals("true")
          && !text(dependency, "scope").equals("test")) {
        brought.add(
            text(dependency, "groupId")
                + ":"
                + text(dependency, "artifactId")
                + ":"
                + text(dependency, "version"));
      }
    }
    assertThat(brought).as(module).isNotEmpty();
    return brought;
  }

  private static String text(Element of, String name) {
    NodeList found = of.getElementsByTagName(name);
    return found.getLength() == 0 ? "" : found.item(0).getTextContent().strip();
  }

  @Test
  void theStarterBringsWorldItsAdaptersAndNothingElse() throws Exception {
    Set<String> allowed = broughtBy("world-adapter-postgres");
    allowed.addAll(broughtBy("world-adapter-redis"));

    Set<String> brought = broughtBy("world-spring-boot-3-starter");

    assertThat(brought).anyMatch(each -> each.startsWith(OURS + ":world-adapter-redis:"));
    brought.removeAll(allowed);
    assertThat(brought)
        .allMatch(
            each -> {
              String group = each.substring(0, each.indexOf(':'));
              return group.equals(OURS) || OF_EVERY_APPLICATION.contains(group);
            });
    assertThat(brought)
        .filteredOn(each -> each.startsWith("org.springframework.boot:"))
        .extracting(each -> each.split(":")[1])
        .containsExactlyInAnyOrder("spring-boot", "spring-boot-autoconfigure");
  }
}
