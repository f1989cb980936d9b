package dev.fantasticfour.world.test.rules;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;

/** Looks at single classes of tests. */
final class Looking {

  private Looking() {}

  /** What the rule says of these classes, line by line, in the order in which it stands there. */
  static List<String> violationsIn(Class<?>... types) {
    return WorkflowRules.workflowsAreDeterministic()
        .allowEmptyShould(true)
        .evaluate(imported(types))
        .getFailureReport()
        .getDetails();
  }

  /** What was done, of each violation. */
  static List<String> wrongIn(Class<?>... types) {
    Examination examination = Examination.of(imported(types));
    return examination.methods().stream()
        .flatMap(method -> examination.findings(method).stream())
        .map(finding -> finding.what().split(" ", 2))
        .map(words -> words[0].equals("new") ? "new " + words[1].split(" ", 2)[0] : words[0])
        .toList();
  }

  static List<String> warningsIn(Class<?>... types) {
    return WorkflowRules.warnings(imported(types)).stream().map(Finding::toString).toList();
  }

  /** Where a class does something for the first time: "Orders.run (Orders.java:12)". */
  static String placeOf(Class<?> type, String method, String called) {
    JavaClass imported = imported(type).get(type);
    int line =
        imported.getAccessesFromSelf().stream()
            .filter(access -> access.getTarget().getName().equals(called))
            .filter(access -> access.getOrigin().getName().equals(method))
            .mapToInt(access -> access.getLineNumber())
            .min()
            .orElseThrow();
    String file = imported.getSource().orElseThrow().getFileName().orElseThrow();
    return type.getName() + "." + method + " (" + file + ":" + line + ")";
  }

  static JavaClasses imported(Class<?>... types) {
    return new ClassFileImporter().importClasses(types);
  }
}
