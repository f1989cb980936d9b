package dev.fantasticfour.world.cli.arch;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** All classes of ours, tests left out, and the names of their rooms. */
final class House {

  static final String W = "dev.fantasticfour.world";
  static final String API = W + ".api..";
  static final String CORE = W + ".core..";
  static final String PORT = W + ".core.port..";
  static final String RULES = W + ".core.rules..";
  static final String VIRTUAL = W + ".core.virtual..";
  static final String ENGINE = W + ".core.engine..";
  static final String POSTGRES = W + ".postgres..";
  static final String REDIS = W + ".redis..";
  static final String EMBEDDED = W + ".embedded..";
  static final String CLI = W + ".cli..";
  static final String TCK = W + ".tck..";
  static final String TEST_STORE = W + ".test.store..";
  static final String TEST = W + ".test..";
  static final String OBSERVE = W + ".core.observe..";
  static final String OPERATE = W + ".core.operate..";
  static final String MICROMETER = W + ".micrometer..";
  static final String OPENTELEMETRY = W + ".opentelemetry..";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(W);

  private House() {}

  static JavaClasses classes() {
    return CLASSES;
  }
}
