package dev.fantasticfour.world.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a module brings, as its bill of materials in the form of CycloneDX says it. */
record BillOfMaterials(String form, List<Component> components) {

  /**
   * Licences under which a library may come with World: none of them asks anything of the
   * application that uses it. Of a choice, one has to be among them.
   */
  static final Set<String> ALLOWED =
      Set.of(
          "Apache-2.0",
          "MIT",
          "MIT-0",
          "BSD-2-Clause",
          "BSD-3-Clause",
          "0BSD",
          "EPL-1.0",
          "EPL-2.0",
          "PostgreSQL",
          "Public Domain",
          "LGPL-2.1-only",
          "CC0-1.0",
          "ISC");

  /**
   * What a group is under, where its poms say it in a way that is taken for something else. JLine's
   * say "The BSD License" and mean, as their address does, the one with three clauses.
   */
  private static final Map<String, String> MEANT = Map.of("org.jline", "BSD-3-Clause");

  /** One library; its licences as they are spelled. */
  record Component(String group, String name, String version, Set<String> licences) {

    @Override
    public String toString() {
      return group + ":" + name + ":" + version;
    }
  }

  static BillOfMaterials of(Path file) throws IOException {
    JsonNode document = new ObjectMapper().readTree(file.toFile());
    List<Component> components = new ArrayList<>();
    for (JsonNode each : document.path("components")) {
      Set<String> licences = new TreeSet<>();
      for (JsonNode choice : each.path("licenses")) {
        JsonNode licence = choice.path("license");
        String name = licence.path("id").asText(licence.path("name").asText(""));
        licences.add(choice.path("expression").asText(name));
      }
      String group = each.path("group").asText("");
      if (MEANT.containsKey(group)) {
        licences = Set.of(MEANT.get(group));
      }
      components.add(
          new Component(
              group, each.path("name").asText(""), each.path("version").asText(""), licences));
    }
    return new BillOfMaterials(
        document.path("bomFormat").asText("") + " " + document.path("specVersion").asText(""),
        components);
  }

  /** What has to be put right, in sentences; empty where all is well. */
  List<String> troubles() {
    List<String> troubles = new ArrayList<>();
    if (!form.equals("CycloneDX 1.6")) {
      troubles.add("is no bill of CycloneDX 1.6 but '" + form + "'");
    }
    Set<String> names = new HashSet<>();
    for (Component each : components) {
      if (!names.add(each.group() + ":" + each.name())) {
        troubles.add(each + " is not the only one of its name");
      }
      if (each.licences().isEmpty()) {
        troubles.add(each + " names no licence");
      } else if (each.licences().stream().noneMatch(ALLOWED::contains)) {
        troubles.add(
            each + " comes under " + String.join(", ", each.licences()) + ", which nobody allowed");
      }
    }
    return troubles;
  }
}
