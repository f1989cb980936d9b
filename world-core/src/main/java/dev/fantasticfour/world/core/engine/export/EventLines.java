package dev.fantasticfour.world.core.engine.export;

import dev.fantasticfour.world.api.attribute.AttributeJson;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.rules.FactColumns;
import dev.fantasticfour.world.core.rules.FactDetails;
import dev.fantasticfour.world.core.rules.FactReading;
import dev.fantasticfour.world.core.rules.LineageText;
import dev.fantasticfour.world.core.rules.PinText;
import org.jspecify.annotations.Nullable;

/** Events as lines, and back. What a fact says stands in the columns that stores have for it. */
final class EventLines {

  private static final String PAYLOAD = "payload";
  private static final String CONTEXT = "context";

  private EventLines() {}

  static String write(Event event) {
    LineWriter line =
        new LineWriter()
            .put("position", event.position())
            .put("type", event.type().word())
            .put("about", event.correlationId())
            .put("created_at", event.createdAt())
            .put("occurred_at", event.occurredAt())
            .put("id", event.id())
            .put("batch", event.batchId());
    if (event.byOwner()) {
      line.put("seen", event.seen());
    }
    if (event.fact() instanceof Fact.RunCreated created) {
      write(line, created);
    } else {
      write(line, FactColumns.of(event.fact()));
    }
    return line.line();
  }

  private static void write(LineWriter line, Fact.RunCreated created) {
    line.put("workflow", created.workflow())
        .put("deployment", created.deploymentId())
        .put("spec_version", (long) created.specVersion())
        .put("task_queue", created.taskQueue())
        .put("run_key", created.runKey())
        .put("input_hash", created.inputHash())
        .document("attributes", AttributeJson.write(created.attributes()))
        .put("pin", PinText.write(created.pin()))
        .document("lineage", LineageText.write(created))
        .payload(PAYLOAD, created.input())
        .payload(CONTEXT, created.executionContext());
  }

  private static void write(LineWriter line, FactColumns columns) {
    Site site = columns.site();
    if (site != null) {
      line.put("site", site.name())
          .put("branch", site.branch())
          .put("request", (long) site.index());
    }
    FactDetails details = columns.details();
    line.put("name", columns.name())
        .put("attempt", columns.attempt())
        .put("text", columns.text())
        .put("worker", columns.worker())
        .put("token", columns.token())
        .put("other_run", columns.otherRun())
        .put("flag", columns.flag())
        .put("time", columns.time())
        .document("details", details == null ? null : details.json())
        .payload(PAYLOAD, columns.payload());
  }

  static Event read(RunId run, Line line) throws Line.Unreadable {
    EventType type = type(line.required("type"));
    Long seen = line.number("seen");
    return new Event(
        run,
        line.requiredNumber("position"),
        line.required("id"),
        line.requiredTime("created_at"),
        line.requiredTime("occurred_at"),
        line.text("about"),
        line.required("batch"),
        seen == null ? Event.NOT_BY_OWNER : seen,
        fact(type, line));
  }

  private static EventType type(String word) throws Line.Unreadable {
    try {
      return EventType.ofWord(word);
    } catch (IllegalArgumentException e) {
      throw new Line.Unreadable(
          "has an event of type '" + word + "', which this build does not know: use a newer one");
    }
  }

  private static Fact fact(EventType type, Line line) throws Line.Unreadable {
    try {
      return type == EventType.RUN_CREATED ? created(line) : FactReading.fact(type, columns(line));
    } catch (RuntimeException e) {
      // Whatever reads a value refuses it in its own way.
      throw new Line.Unreadable("does not say what its type needs: " + e.getMessage());
    }
  }

  private static Fact.RunCreated created(Line line) throws Line.Unreadable {
    String attributes = line.document("attributes");
    String pin = line.text("pin");
    LineageText lineage = LineageText.read(line.document("lineage"));
    Fact.RunCreated created =
        new Fact.RunCreated(
                line.required("workflow"),
                line.required("deployment"),
                Math.toIntExact(line.requiredNumber("spec_version")),
                line.required("task_queue"),
                line.payload(PAYLOAD),
                line.text("run_key"),
                line.text("input_hash"),
                AttributeJson.read(attributes == null ? "{}" : attributes),
                line.payload(CONTEXT))
            .pinned(pin == null ? null : PinText.read(pin))
            .until(lineage.deadline())
            .from(lineage.origin());
    created = lineage.parent() == null ? created : created.childOf(lineage.parent());
    return lineage.predecessor() == null ? created : created.following(lineage.predecessor());
  }

  private static FactColumns columns(Line line) throws Line.Unreadable {
    Long attempt = line.number("attempt");
    String details = line.document("details");
    return new FactColumns(
        site(line),
        line.text("name"),
        attempt == null ? null : Math.toIntExact(attempt),
        line.text("text"),
        line.text("worker"),
        line.text("token"),
        line.text("other_run"),
        line.flag("flag"),
        line.time("time"),
        line.payload(PAYLOAD),
        details == null ? null : FactDetails.ofJson(details));
  }

  private static @Nullable Site site(Line line) throws Line.Unreadable {
    String name = line.text("site");
    return name == null
        ? null
        : new Site(name, line.required("branch"), Math.toIntExact(line.requiredNumber("request")));
  }
}
