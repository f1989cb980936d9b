package dev.fantasticfour.world.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** The modules of this build, as its poms name them, and where each leaves its files. */
final class Build {

  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** The versions of all others, and no jar. */
  static final String BOM = "world-bom";

  private Build() {}

  /** The modules that are published, the one of versions included; in the order of the build. */
  static List<String> published() {
    List<String> modules = new ArrayList<>();
    Element list = child(pom(ROOT), "modules").orElseThrow();
    for (Element each : children(list, "module")) {
      String module = each.getTextContent().strip();
      boolean skipped =
          child(pom(ROOT.resolve(module)), "properties")
              .flatMap(properties -> child(properties, "maven.deploy.skip"))
              .isPresent();
      if (!skipped) {
        modules.add(module);
      }
    }
    return modules;
  }

  /** Those of them that are a jar. */
  static List<String> jars() {
    return published().stream().filter(module -> !isPom(module)).toList();
  }

  /** Whether a module is no more than its pom, which has no parent and is published as it is. */
  static boolean isPom(String module) {
    return child(pom(ROOT.resolve(module)), "packaging")
        .map(Element::getTextContent)
        .filter("pom"::equals)
        .isPresent();
  }

  static String version() {
    return text(pom(ROOT.resolve(BOM)), "version");
  }

  /** What a module has packaged, by what follows name and version. */
  static Path made(String module, String ending) {
    return ROOT.resolve(module).resolve("target").resolve(module + "-" + version() + ending);
  }

  static Path jar(String module) {
    return made(module, ".jar");
  }

  /** The pom that strangers see. */
  static Path publishedPom(String module) {
    return isPom(module)
        ? ROOT.resolve(module).resolve("pom.xml")
        : ROOT.resolve(module).resolve("target/published-pom.xml");
  }

  static Element pom(Path directory) {
    return xml(directory.resolve("pom.xml"));
  }

  static Element xml(Path file) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(file.toFile())
          .getDocumentElement();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SAXException | ParserConfigurationException e) {
      throw new IllegalStateException(file + " is no XML that can be read", e);
    }
  }

  /** The text of a child, blank where there is none. */
  static String text(Element of, String name) {
    return child(of, name).map(each -> each.getTextContent().strip()).orElse("");
  }

  static Optional<Element> child(Element of, String name) {
    return children(of, name).stream().findFirst();
  }

  static List<Element> children(Element of, String name) {
    List<Element> found = new ArrayList<>();
    for (Node each = of.getFirstChild(); each != null; each = each.getNextSibling()) {
      if (each instanceof Element element && element.getTagName().equals(name)) {
        found.add(element);
      }
    }
    return found;
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
