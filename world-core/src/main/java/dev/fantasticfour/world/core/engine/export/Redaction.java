package dev.fantasticfour.world.core.engine.export;

import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.config.Secrets;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.core.rules.FactColumns;
import dev.fantasticfour.world.core.rules.FactDetails;
import dev.fantasticfour.world.core.rules.FactReading;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A history without what it says, for those who are to see what happened only: of payloads, reasons
 * and attributes there are shapes, of tokens, keys and the ids that callers gave fingerprints,
 * which tell two of them apart. What the code has named stays: workflows, steps, hooks, signals,
 * states, attributes, members of JSON objects.
 */
public final class Redaction {

  /** Of these the text is what somebody wrote, and no code of an error. */
  private static final Set<EventType> WITH_REASONS =
      Set.of(
          EventType.RUN_CANCELLED,
          EventType.RUN_TERMINATED,
          EventType.CANCEL_REQUESTED,
          EventType.CHILD_CANCELLED,
          EventType.CHILD_CANCEL_REQUESTED,
          EventType.PERMIT_REVOKED);

  /** Of these the details hold nothing but ids that were made by World, names and numbers. */
  private static final Set<String> KEYS = Set.of("run_key", "signal_id", "key");

  private final Map<String, String> updates = new HashMap<>();

  private Redaction(List<Event> log) {
    for (Event event : log) {
      String id = event.correlationId();
      if (id != null && event.type().subject() == EventType.Subject.UPDATE) {
        updates.put(id, Secrets.fingerprint(id));
      }
    }
  }

  /** The same without values. It can be read, and is not to be told to code. */
  public static RunHistory of(RunHistory history) {
    Redaction redaction = new Redaction(history.events());
    return new RunHistory(
        history.header().redacted(), history.events().stream().map(redaction::of).toList());
  }

  private Event of(Event event) {
    String id = event.correlationId();
    return new Event(
        event.run(),
        event.position(),
        event.id(),
        event.createdAt(),
        event.occurredAt(),
        id == null ? null : updates.getOrDefault(id, id),
        Secrets.fingerprint(event.batchId()),
        event.seen(),
        of(event.fact()));
  }

  private Fact of(Fact fact) {
    return switch (fact) {
      case Fact.RunCreated created -> created(created);
      case RunFact.AttributesSet set ->
          new RunFact.AttributesSet(
              set.changes().entrySet().stream()
                  .collect(
                      Collectors.toMap(
                          Map.Entry::getKey, each -> each.getValue().map(Redaction::shape))));
      case Fact other -> FactReading.fact(other.type(), columns(other));
    };
  }

  private static Fact created(Fact.RunCreated created) {
    Fact.RunCreated redacted =
        new Fact.RunCreated(
                created.workflow(),
                created.deploymentId(),
                created.specVersion(),
                created.taskQueue(),
                PayloadShape.of(created.input()),
                fingerprint(created.runKey()),
                null,
                created.attributes().entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, each -> shape(each.getValue()))),
                PayloadShape.of(created.executionContext()))
            .pinned(created.pin())
            .until(created.deadline())
            .from(created.origin());
    redacted = created.parent() == null ? redacted : redacted.childOf(created.parent());
    return created.predecessor() == null ? redacted : redacted.following(created.predecessor());
  }

  private FactColumns columns(Fact fact) {
    FactColumns columns = FactColumns.of(fact);
    String text = columns.text();
    return new FactColumns(
        site(columns.site()),
        columns.name(),
        columns.attempt(),
        text != null && WITH_REASONS.contains(fact.type()) ? PayloadShape.text(text) : text,
        columns.worker(),
        fingerprint(columns.token()),
        columns.otherRun(),
        columns.flag(),
        columns.time(),
        PayloadShape.of(columns.payload()),
        details(columns.details()));
  }

  /** Handlers of updates have branches of their own, which the ids of these stand in. */
  private @Nullable Site site(@Nullable Site site) {
    if (site == null || updates.isEmpty()) {
      return site;
    }
    String branch = site.branch();
    for (Map.Entry<String, String> update : updates.entrySet()) {
      branch = branch.replace(update.getKey(), update.getValue());
    }
    return new Site(site.name(), branch, site.index());
  }

  private static @Nullable FactDetails details(@Nullable FactDetails details) {
    if (details == null) {
      return null;
    }
    Map<String, Optional<AttributeValue>> values = new HashMap<>(details.values());
    for (String key : KEYS) {
      values.computeIfPresent(
          key, (name, value) -> value.map(each -> AttributeValue.of(fingerprintOf(each))));
    }
    return new FactDetails(values);
  }

  private static String fingerprintOf(AttributeValue value) {
    return Secrets.fingerprint(
        value instanceof AttributeValue.Text text ? text.text() : value.toString());
  }

  private static @Nullable String fingerprint(@Nullable String secret) {
    return secret == null ? null : Secrets.fingerprint(secret);
  }

  private static AttributeValue shape(AttributeValue value) {
    return switch (value) {
      case AttributeValue.Text text -> AttributeValue.of(PayloadShape.text(text.text()));
      case AttributeValue.Numeric number -> AttributeValue.of("number");
      case AttributeValue.Bool bool -> AttributeValue.of("boolean");
      case AttributeValue.Texts texts -> AttributeValue.of(texts.texts().size() + " texts");
    };
  }
}
