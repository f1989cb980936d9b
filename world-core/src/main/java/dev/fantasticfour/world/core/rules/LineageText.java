package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.ClosePolicy;
import dev.fantasticfour.world.api.run.Origin;
import dev.fantasticfour.world.api.run.Parent;
import dev.fantasticfour.world.api.run.Predecessor;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a run comes from, and until when it is to have ended, as one flat JSON object for stores
 * that have a column for it: {@code parent}, {@code child}, {@code close_policy}, {@code root},
 * {@code depth} of a child, and {@code predecessor}, {@code chain}, {@code chain_index}, {@code
 * idle} of one that goes on in place of another, and {@code deadline}, in microseconds since 1970,
 * and {@code copy_of}, {@code up_to}, {@code identity}, {@code seed} of one that began with the log
 * of another. Most runs have none of these.
 */
public record LineageText(
    @Nullable Parent parent,
    @Nullable Predecessor predecessor,
    @Nullable Instant deadline,
    @Nullable Origin origin) {

  private static final String PARENT = "parent";
  private static final String CHILD = "child";
  private static final String CLOSE_POLICY = "close_policy";
  private static final String ROOT = "root";
  private static final String DEPTH = "depth";
  private static final String PREDECESSOR = "predecessor";
  private static final String CHAIN = "chain";
  private static final String CHAIN_INDEX = "chain_index";
  private static final String IDLE = "idle";
  private static final String DEADLINE = "deadline";

  private static final String COPY_OF = "copy_of";
  private static final String UP_TO = "up_to";
  private static final String IDENTITY = "identity";
  private static final String SEED = "seed";

  private static final LineageText NONE = new LineageText(null, null, null, null);

  /** The object; null for a run that comes from no other and has no deadline. */
  public static @Nullable String write(Fact.RunCreated created) {
    Parent parent = created.parent();
    Predecessor before = created.predecessor();
    Instant deadline = created.deadline();
    Origin origin = created.origin();
    if (parent == null && before == null && deadline == null && origin == null) {
      return null;
    }
    Map<String, AttributeValue> values = new LinkedHashMap<>();
    if (parent != null) {
      values.put(PARENT, AttributeValue.of(parent.run()));
      values.put(CHILD, AttributeValue.of(parent.child()));
      values.put(CLOSE_POLICY, AttributeValue.of(parent.closePolicy().word()));
      values.put(ROOT, AttributeValue.of(parent.root()));
      values.put(DEPTH, AttributeValue.of(parent.depth()));
    }
    if (before != null) {
      values.put(PREDECESSOR, AttributeValue.of(before.run()));
      values.put(CHAIN, AttributeValue.of(before.chain()));
      values.put(CHAIN_INDEX, AttributeValue.of(before.index()));
      values.put(IDLE, AttributeValue.of(before.idle()));
    }
    if (deadline != null) {
      values.put(DEADLINE, AttributeValue.of(ChronoUnit.MICROS.between(Instant.EPOCH, deadline)));
    }
    if (origin != null) {
      values.put(COPY_OF, AttributeValue.of(origin.run()));
      values.put(UP_TO, AttributeValue.of(origin.upTo()));
      values.put(IDENTITY, AttributeValue.of(origin.identity()));
      values.put(SEED, AttributeValue.of(origin.seed()));
    }
    return FactDetails.of(values).json();
  }

  /** What the object says. */
  public static LineageText read(@Nullable String lineage) {
    if (lineage == null) {
      return NONE;
    }
    FactDetails details = FactDetails.ofJson(lineage);
    return new LineageText(
        parent(details), predecessor(details), deadline(details), origin(details));
  }

  private static @Nullable Origin origin(FactDetails details) {
    return details.text(COPY_OF) == null
        ? null
        : new Origin(
            text(details, COPY_OF),
            number(details, UP_TO),
            text(details, IDENTITY),
            text(details, SEED));
  }

  private static @Nullable Parent parent(FactDetails details) {
    return details.text(PARENT) == null
        ? null
        : new Parent(
            text(details, PARENT),
            text(details, CHILD),
            ClosePolicy.ofWord(text(details, CLOSE_POLICY)),
            text(details, ROOT),
            Math.toIntExact(number(details, DEPTH)));
  }

  private static @Nullable Predecessor predecessor(FactDetails details) {
    return details.text(PREDECESSOR) == null
        ? null
        : new Predecessor(
            text(details, PREDECESSOR),
            text(details, CHAIN),
            number(details, CHAIN_INDEX),
            Math.toIntExact(number(details, IDLE)));
  }

  private static @Nullable Instant deadline(FactDetails details) {
    Long micros = details.number(DEADLINE);
    return micros == null ? null : Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  private static String text(FactDetails details, String name) {
    return Objects.requireNonNull(details.text(name), name);
  }

  private static long number(FactDetails details, String name) {
    return Objects.requireNonNull(details.number(name), name);
  }
}
