package dev.fantasticfour.world.postgres.attack;

import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;

/**
 * What a caller was told about a batch in the end.
 *
 * @param outcome {@code Appended}, {@code Repeated} or the refusal
 * @param run where it was accepted, empty when it was refused
 * @param fault what was wrong with the answer itself, empty when nothing was
 */
record Answer(String batch, String outcome, String run, String fault) {

  static Answer of(Batch batch, AppendResult result) {
    String outcome = result.getClass().getSimpleName();
    return switch (result) {
      case AppendResult.Appended a -> new Answer(batch.id(), outcome, a.run().value(), "");
      case AppendResult.Repeated a -> new Answer(batch.id(), outcome, a.run().value(), "");
      default -> new Answer(batch.id(), outcome, "", "");
    };
  }

  static Answer ofFault(String batch, String fault) {
    return new Answer(batch, "Fault", "", fault.replaceAll("\\s+", " "));
  }

  static Answer ofLine(String line) {
    String[] parts = line.split("\t", -1);
    return new Answer(parts[0], parts[1], parts[2], parts[3]);
  }

  String line() {
    return String.join("\t", batch, outcome, run, fault);
  }

  boolean isAccepted() {
    return !run.isEmpty();
  }
}
