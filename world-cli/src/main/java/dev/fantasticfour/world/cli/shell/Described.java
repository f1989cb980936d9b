package dev.fantasticfour.world.cli.shell;

import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Model.ArgSpec;

/** What the help says of an option or an argument. */
final class Described {

  private Described() {}

  /** Its lines, with its default in the place where they speak of it. */
  static List<String> lines(ArgSpec argument) {
    String value = String.valueOf(argument.defaultValueString());
    return Arrays.stream(argument.description())
        .map(line -> line.replace("${DEFAULT-VALUE}", value))
        .toList();
  }
}
