package dev.fantasticfour.world.cli.runs;

import dev.fantasticfour.world.api.run.Parent;
import dev.fantasticfour.world.api.run.Predecessor;
import dev.fantasticfour.world.api.run.RunRecord;
import org.jspecify.annotations.Nullable;

/** Where a run comes from, in words; null of a run that comes from no other. */
final class Lineage {

  private Lineage() {}

  static @Nullable String parent(RunRecord run) {
    Parent parent = run.parent();
    return parent == null
        ? null
        : parent.run()
            + ", at whose end "
            + switch (parent.closePolicy()) {
              case REQUEST_CANCEL -> "it is asked to cancel itself";
              case TERMINATE -> "it is terminated";
              case ABANDON -> "it goes on";
            };
  }

  static @Nullable String root(RunRecord run) {
    Parent parent = run.parent();
    return parent == null ? null : parent.root() + ", depth " + parent.depth();
  }

  static @Nullable String before(RunRecord run) {
    Predecessor before = run.predecessor();
    return before == null
        ? null
        : before.run() + ", as number " + before.index() + " after " + before.chain();
  }
}
