package dev.fantasticfour.world.release;

import japicmp.cmp.JApiCmpArchive;
import japicmp.cmp.JarArchiveComparator;
import japicmp.cmp.JarArchiveComparatorOptions;
import japicmp.filter.JavadocLikePackageFilter;
import japicmp.model.AccessModifier;
import japicmp.model.JApiBehavior;
import japicmp.model.JApiChangeStatus;
import japicmp.model.JApiClass;
import japicmp.model.JApiCompatibility;
import japicmp.model.JApiCompatibilityChange;
import japicmp.model.JApiField;
import japicmp.model.JApiParameter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.w3c.dom.Element;

/**
 * What compiled or ran against one jar and no longer does against another, and what of that has
 * been accepted.
 */
final class ApiBreaks {

  private ApiBreaks() {}

  /**
   * Every break, as {@code type.member: KIND}, in the order of their text.
   *
   * @param packages the packages that are promised, each with those below it; none for all
   */
  static Set<String> between(Path old, Path now, List<String> packages) {
    JarArchiveComparatorOptions options = new JarArchiveComparatorOptions();
    options.setAccessModifier(AccessModifier.PROTECTED);
    options.getIgnoreMissingClasses().setIgnoreAllMissingClasses(true);
    for (String each : packages) {
      options.getFilters().getIncludes().add(new JavadocLikePackageFilter(each, false));
    }
    List<JApiClass> compared =
        new JarArchiveComparator(options)
            .compare(
                new JApiCmpArchive(old.toFile(), "old"), new JApiCmpArchive(now.toFile(), "new"));
    Set<String> breaks = new TreeSet<>();
    for (JApiClass type : compared) {
      String name = type.getFullyQualifiedName();
      add(breaks, name, type);
      if (type.getChangeStatus() == JApiChangeStatus.REMOVED) {
        continue; // All that was in it went with it.
      }
      add(breaks, name, type.getSuperclass());
      type.getInterfaces().forEach(each -> add(breaks, name, each));
      for (JApiField field : type.getFields()) {
        add(breaks, name + "." + field.getName(), field);
      }
      type.getConstructors().forEach(each -> add(breaks, name + "." + signature(each), each));
      type.getMethods().forEach(each -> add(breaks, name + "." + signature(each), each));
    }
    return breaks;
  }

  private static String signature(JApiBehavior of) {
    return of.getParameters().stream()
        .map(JApiParameter::getType)
        .collect(Collectors.joining(",", of.getName() + "(", ")"));
  }

  private static void add(Set<String> breaks, String place, JApiCompatibility of) {
    for (JApiCompatibilityChange change : of.getCompatibilityChanges()) {
      if (!change.isBinaryCompatible() || !change.isSourceCompatible()) {
        breaks.add(place + ": " + change.getType());
      }
    }
  }

  /** The breaks that the list accepts, each with its reason. */
  static Map<String, String> accepted(Path list) {
    Map<String, String> accepted = new LinkedHashMap<>();
    for (Element each : Build.children(Build.xml(list), "break")) {
      String what = each.getAttribute("what");
      String reason = each.getTextContent().strip();
      if (what.isBlank() || reason.isBlank()) {
        throw new IllegalArgumentException(
            list + ": a break has to say what it is, and why: '" + what + "'");
      }
      accepted.put(what, reason);
    }
    return accepted;
  }

  /** What has to be put right, in sentences; empty where all is well. */
  static List<String> troubles(Set<String> breaks, Set<String> accepted) {
    Set<String> troubles = new TreeSet<>();
    for (String each : breaks) {
      if (!accepted.contains(each)) {
        troubles.add(
            each + " breaks what was released: put it back, or accept it in api-breaks.xml");
      }
    }
    for (String each : accepted) {
      if (!breaks.contains(each)) {
        troubles.add(each + " is accepted in api-breaks.xml, and breaks nothing: remove it");
      }
    }
    return List.copyOf(troubles);
  }
}
