package dev.fantasticfour.world.cli.attributes;

import dev.fantasticfour.world.core.rules.RunIndex;

/** What an index is by, for people. */
final class IndexText {

  private IndexText() {}

  static String of(RunIndex index) {
    return switch (index) {
      case RunIndex.OfAttribute attribute ->
          "by " + attribute.order().word() + " '" + attribute.key() + "'";
      case RunIndex.OfEnd end -> "by end";
    };
  }
}
