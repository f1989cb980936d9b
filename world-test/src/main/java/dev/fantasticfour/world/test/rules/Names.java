package dev.fantasticfour.world.test.rules;

/** Names of class files as people write them. */
final class Names {

  private Names() {}

  /** With dots. */
  static String dotted(String internal) {
    return internal.replace('/', '.');
  }

  /** Without package, and without the classes around it. */
  static String simple(String internal) {
    return internal.substring(Math.max(internal.lastIndexOf('/'), internal.lastIndexOf('$')) + 1);
  }
}
