package dev.fantasticfour.world.core.operate;

import dev.fantasticfour.world.api.attribute.AttributeCondition;
import dev.fantasticfour.world.api.run.Family;
import dev.fantasticfour.world.api.run.Pin;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.core.port.Versions.OpenRuns;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Filters as they stand in the audit, in the words of {@code --where}; for people. */
final class FilterText {

  private FilterText() {}

  static String of(RunFilter filter) {
    List<String> words = new ArrayList<>();
    add(words, "workflow=", filter.workflow());
    if (!filter.statuses().isEmpty()) {
      words.add(
          "status="
              + filter.statuses().stream().map(RunStatus::word).collect(Collectors.joining(",")));
    }
    filter.where().forEach(condition -> words.add("attr." + of(condition)));
    add(words, "since=", filter.createdSince());
    add(words, "until=", filter.createdBefore());
    add(words, "ended-since=", filter.endedSince());
    add(words, "ended-until=", filter.endedBefore());
    add(words, "key=", filter.runKey());
    add(words, "queue=", filter.taskQueue());
    if (filter.stalled()) {
      words.add("stalled=true");
    }
    Family family = filter.family();
    if (family != null) {
      words.add(of(family) + "=" + family.run());
    }
    return words.isEmpty() ? "all runs" : String.join(" ", words);
  }

  private static String of(AttributeCondition condition) {
    return switch (condition) {
      case AttributeCondition.Is is -> is.key() + "=" + is.value();
      case AttributeCondition.IsNot not -> not.key() + "!=" + not.value();
      case AttributeCondition.In in -> in.key() + " in " + in.values();
      case AttributeCondition.Contains has -> has.key() + "~" + has.text();
      case AttributeCondition.Exists there -> there.key();
      case AttributeCondition.Range range -> range.toString();
    };
  }

  private static String of(Family family) {
    return switch (family) {
      case Family.ChildrenOf children -> "parent";
      case Family.TreeOf tree -> "tree";
      case Family.CopiesOf copies -> "copies";
      case Family.ChainOf chain -> "chain";
    };
  }

  static String of(OpenRuns which) {
    List<String> words = new ArrayList<>();
    add(words, "workflow=", which.workflow());
    add(words, "build=", which.pinnedTo());
    return words.isEmpty() ? "all open runs" : String.join(" ", words);
  }

  static String of(Pin pin) {
    return switch (pin) {
      case Pin.Auto auto -> "auto";
      case Pin.First first -> "first";
      case Pin.To to -> to.build();
    };
  }

  private static void add(List<String> words, String key, @Nullable Object value) {
    if (value != null) {
      words.add(key + (value.toString().contains(" ") ? "\"" + value + "\"" : value));
    }
  }
}
