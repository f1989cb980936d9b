package dev.fantasticfour.world.test.history;

import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.engine.export.HistoryHeader;
import dev.fantasticfour.world.core.engine.export.RunHistory;
import dev.fantasticfour.world.core.engine.node.Registry;
import dev.fantasticfour.world.core.engine.replay.Rehearsal;
import dev.fantasticfour.world.core.engine.replay.Replay;
import dev.fantasticfour.world.core.engine.replay.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;

/** Tells histories to what is registered, and says for people what does not fit. */
final class Retold {

  private final Registry registry;
  private final Rehearsal rehearsal;
  private final List<String> faults = new ArrayList<>();
  private int histories;

  Retold(Registry registry, PayloadCodec codec, Function<Replay, Verdict> question) {
    this.registry = registry;
    this.rehearsal =
        new Rehearsal(
            registry::workflow, codec, question, Thread.ofVirtual().name("replayed-", 0).factory());
  }

  /** What did not fit so far. */
  List<String> faults() {
    return faults;
  }

  /** How many were told. */
  int histories() {
    return histories;
  }

  /**
   * Tells some.
   *
   * @param place where they are, for messages
   */
  void tell(String place, List<RunHistory> all) {
    for (RunHistory history : all) {
      HistoryHeader header = history.header();
      String fault = fault(history);
      if (!fault.isEmpty()) {
        faults.add(
            "\n%srun %s of workflow '%s', %s\n"
                .formatted(place, header.run(), header.workflow(), fault));
      }
      histories++;
    }
  }

  /** Has something else counted among the faults. */
  void add(String fault) {
    faults.add("\n" + fault + "\n");
  }

  private String fault(RunHistory history) {
    return switch (rehearsal.of(history)) {
      case Rehearsal.Untold untold -> "cannot be replayed: " + untold.why();
      case Rehearsal.Unregistered none ->
          "cannot be replayed: no workflow of that name is registered here, but "
              + new TreeSet<>(registry.workflowNames())
              + ". Was it renamed? Its runs know it by its name";
      case Rehearsal.Told told -> told.agrees() ? "" : told.verdict().difference();
    };
  }
}
