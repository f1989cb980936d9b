package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.RunFact;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is left of the facts of a run that was erased: what happened, when, and what the code calls
 * it; nothing that anybody put in.
 */
public final class Erasure {

  /** The codec of a payload that was erased, and what stands in the place of a token. */
  public static final String ERASED = "erased";

  /** Stands in the place of every payload. */
  public static final Payload PAYLOAD = Payload.of(ERASED, new byte[0]);

  /** Details that callers gave. */
  private static final Set<String> GIVEN =
      Set.of(FactColumns.RUN_KEY, FactColumns.SIGNAL_ID, FactColumns.KEY);

  private Erasure() {}

  /** Whether what somebody had put into that was erased. */
  public static boolean isErased(Fact fact) {
    return fact instanceof Fact.RunCreated created
        ? isErased(created.input()) || isErased(created.executionContext())
        : isErased(FactColumns.of(fact).payload());
  }

  /** Whether that was erased. */
  public static boolean isErased(@Nullable Payload payload) {
    return payload != null && payload.codec().equals(ERASED);
  }

  /** What stands in the place of a payload. */
  public static @Nullable Payload of(@Nullable Payload payload) {
    return payload == null ? null : PAYLOAD;
  }

  /** The event without what anybody put into it. */
  public static Event of(Event event) {
    return new Event(
        event.run(),
        event.position(),
        event.id(),
        event.createdAt(),
        event.occurredAt(),
        event.correlationId(),
        event.batchId(),
        event.seen(),
        of(event.fact()));
  }

  private static Fact of(Fact fact) {
    return switch (fact) {
      case Fact.RunCreated created -> created(created);
      case RunFact.AttributesSet set ->
          new RunFact.AttributesSet(
              set.changes().keySet().stream()
                  .collect(Collectors.toMap(key -> key, key -> Optional.empty())));
      case Fact other -> FactReading.fact(other.type(), columns(other));
    };
  }

  private static Fact created(Fact.RunCreated created) {
    Fact.RunCreated erased =
        new Fact.RunCreated(
                created.workflow(),
                created.deploymentId(),
                created.specVersion(),
                created.taskQueue(),
                of(created.input()),
                null,
                null,
                Map.of(),
                of(created.executionContext()))
            .pinned(created.pin())
            .until(created.deadline())
            .from(created.origin());
    erased = created.parent() == null ? erased : erased.childOf(created.parent());
    return created.predecessor() == null ? erased : erased.following(created.predecessor());
  }

  private static FactColumns columns(Fact fact) {
    FactColumns columns = FactColumns.of(fact);
    boolean isCode =
        switch (fact.type()) {
          case RUN_FAILED, STEP_FAILED, CHILD_FAILED, UPDATE_REJECTED, UPDATE_FAILED -> true;
          default -> false;
        };
    return new FactColumns(
        columns.site(),
        columns.name(),
        columns.attempt(),
        isCode ? columns.text() : null,
        columns.worker(),
        columns.token() == null ? null : ERASED,
        columns.otherRun(),
        columns.flag(),
        columns.time(),
        of(columns.payload()),
        details(columns.details()));
  }

  private static @Nullable FactDetails details(@Nullable FactDetails details) {
    if (details == null) {
      return null;
    }
    Map<String, Optional<AttributeValue>> values = new HashMap<>(details.values());
    for (String given : GIVEN) {
      values.computeIfPresent(given, (name, value) -> Optional.of(AttributeValue.of(ERASED)));
    }
    return new FactDetails(values);
  }
}
