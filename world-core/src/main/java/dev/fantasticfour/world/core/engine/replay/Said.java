package dev.fantasticfour.world.core.engine.replay;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.Failure;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.engine.program.Program;
import dev.fantasticfour.world.core.engine.program.StepEntry;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.rules.FactColumns;
import dev.fantasticfour.world.core.rules.FactParts;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Facts in words, for people: names and sizes, no values. */
final class Said {

  private final PayloadCodec codec;

  Said(PayloadCodec codec) {
    this.codec = codec;
  }

  /** What an event says. */
  String of(Event event) {
    return of(event.correlationId(), event.fact());
  }

  /** What a draft says. */
  String of(Draft draft) {
    return of(draft.correlationId(), draft.fact());
  }

  private String of(@Nullable String id, Fact fact) {
    String word = fact.type().word();
    Site site = FactParts.site(fact);
    if (site != null) {
      return word + " of " + site + size(fact);
    }
    return switch (fact) {
      case Fact.RunFailed failed -> word + " (" + failure(failed.error()) + ")";
      case Fact.RunCancelled cancelled -> word + " (" + cancelled.reason() + ")";
      case RunFact.AttributesSet set -> word + " of " + new TreeSet<>(set.changes().keySet());
      case RunFact.ChangeMarked mark ->
          word + " '" + mark.changeId() + "' as " + (mark.taken() ? "taken" : "not taken");
      case RunFact other -> word + named(other) + size(other);
      case Fact other -> word + " of " + id + size(other);
    };
  }

  /** How code ends; what it does instead where it does not. */
  String end(@Nullable Fact end, Program program, List<Draft> drafts) {
    return end == null ? goesOn(program, drafts) : of(null, end);
  }

  private String goesOn(Program program, List<Draft> drafts) {
    if (!drafts.isEmpty()) {
      return "no end, but " + of(drafts.getFirst());
    }
    for (StepEntry step : program.steps().wanted()) {
      return "no end, but step " + step.site();
    }
    return "no end, but waits for something that never came";
  }

  private static String named(RunFact fact) {
    String name = FactColumns.of(fact).name();
    return name == null ? "" : " '" + name + "'";
  }

  private static String size(Fact fact) {
    Payload payload = FactColumns.of(fact).payload();
    return payload == null ? "" : " with " + payload;
  }

  private String failure(Payload error) {
    Failure failure = codec.decodeFailure(error);
    return failure.type() + ": " + failure.message();
  }
}
