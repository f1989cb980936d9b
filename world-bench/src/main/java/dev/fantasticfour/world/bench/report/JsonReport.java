package dev.fantasticfour.world.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fantasticfour.world.bench.statistics.Series;
import java.util.Locale;

/** A report as a JSON document: every repeat of every figure, and what follows from them. */
public final class JsonReport {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private JsonReport() {}

  /** The report for programs. */
  public static String of(Report report) {
    ObjectNode document = NODES.objectNode();
    document.set("environment", environment(report.environment()));
    ArrayNode rows = document.putArray("rows");
    report.comparisons().forEach(comparison -> rows.add(comparison(comparison)));
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON nodes was not written", e);
    }
  }

  private static ObjectNode environment(Environment environment) {
    ObjectNode node =
        NODES
            .objectNode()
            .put("began", environment.began().toString())
            .put("postgres", environment.postgres())
            .put("redis", environment.redis())
            .put("jvm", environment.jvm())
            .put("cores", environment.cores())
            .put("quick", environment.quick())
            .put("repeats", environment.repeats());
    ArrayNode settings = node.putArray("settings");
    environment.settings().forEach(settings::add);
    return node;
  }

  private static ObjectNode comparison(Comparison comparison) {
    ObjectNode node =
        NODES
            .objectNode()
            .put("row", comparison.row())
            .put("what", comparison.what())
            .put("unit", comparison.unit())
            .put("count", comparison.count());
    node.set("world", series(comparison.ours()));
    Series theirs = comparison.theirs();
    Series ratio = comparison.ratio();
    if (theirs == null || ratio == null) {
      node.putNull("peer");
    } else {
      ObjectNode peer = series(theirs);
      peer.put("name", comparison.peer());
      node.set("peer", peer);
      node.set("ratio", series(ratio));
    }
    Objective target = comparison.target();
    if (target == null) {
      node.putNull("target");
    } else {
      ObjectNode wanted =
          NODES
              .objectNode()
              .put("of", target.of().name().toLowerCase(Locale.ROOT))
              .put("sense", target.sense().name().toLowerCase(Locale.ROOT))
              .put("bound", target.bound())
              .put("firm", target.firm())
              .put("met", comparison.isMet());
      node.set("target", wanted);
    }
    return node.put("note", comparison.note());
  }

  private static ObjectNode series(Series series) {
    ObjectNode node =
        NODES.objectNode().put("median", series.median()).put("spread", series.spread());
    ArrayNode repeats = node.putArray("repeats");
    series.values().forEach(repeats::add);
    return node;
  }
}
