package dev.fantasticfour.world.core.engine.run;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * All that the code of a run did and met, branch by branch: what the live run and a replay must
 * agree on. Safe for threads of detached code, which still write to transcripts nobody reads.
 */
final class Transcript {

  private final Map<String, List<String>> lines = new ConcurrentHashMap<>();

  void add(String branch, String line) {
    lines.computeIfAbsent(branch, b -> new CopyOnWriteArrayList<>()).add(line);
  }

  /** What stands in it now. */
  Map<String, List<String>> copy() {
    Map<String, List<String>> copy = new TreeMap<>();
    lines.forEach((branch, all) -> copy.put(branch, List.copyOf(all)));
    return copy;
  }

  /** Where two transcripts part, for people; empty when they are equal. */
  static String difference(Map<String, List<String>> live, Map<String, List<String>> replayed) {
    StringBuilder text = new StringBuilder();
    TreeMap<String, List<String>> all = new TreeMap<>(live);
    all.putAll(replayed);
    for (String branch : all.keySet()) {
      List<String> a = live.getOrDefault(branch, List.of());
      List<String> b = replayed.getOrDefault(branch, List.of());
      int i = 0;
      while (i < a.size() && i < b.size() && a.get(i).equals(b.get(i))) {
        i++;
      }
      if (i < a.size() || i < b.size()) {
        text.append("\n  branch ").append(branch).append(" after line ").append(i);
        text.append("\n    live:   ").append(a.subList(i, Math.min(a.size(), i + 4)));
        text.append("\n    replay: ").append(b.subList(i, Math.min(b.size(), i + 4)));
      }
    }
    return text.toString();
  }
}
