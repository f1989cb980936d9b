package dev.fantasticfour.world.cli;

import java.util.List;
import java.util.stream.Stream;

/**
 * Passwords and tokens as people have them, each with a mark at both ends by which a leak shows.
 */
final class OddSecrets {

  /** What no output may hold, whatever was done to the rest. */
  static final List<String> MARKS = List.of("Qx7v", "zK9w");

  private static final List<String> ODD =
      List.of(
          "",
          " ",
          "  ",
          "/",
          "//",
          "#",
          "?",
          "@",
          "@@",
          ":",
          "::",
          "://",
          "%25",
          "&",
          "&&",
          "=",
          "+",
          ",",
          ";",
          "!",
          "$",
          "$1",
          "${x}",
          "*",
          "(",
          ")",
          "[",
          "]",
          "{",
          "}",
          "{}",
          "<",
          ">",
          "|",
          "\\",
          "\\1",
          "^",
          "~",
          "`",
          "'",
          "''",
          "\"",
          "\t",
          "ä",
          "€",
          "ß",
          "字",
          "😀",
          "é",
          "/ ",
          " /",
          "@/",
          "/@",
          "?@",
          "#@",
          ":@",
          "@:",
          " @",
          "@ ",
          "/?#@: ",
          "@h:1/",
          "?a=b&c=",
          "a b c d",
          "user:word@host/db",
          "-",
          "--",
          "_",
          ".",
          "..",
          "\u00a0",
          "%20");

  private OddSecrets() {}

  /** More than sixty. */
  static Stream<String> all() {
    return ODD.stream().map(odd -> MARKS.getFirst() + odd + MARKS.getLast());
  }
}
