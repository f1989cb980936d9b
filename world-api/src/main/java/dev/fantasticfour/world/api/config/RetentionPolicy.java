package dev.fantasticfour.world.api.config;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which runs are kept for how long. Off until it is set: then nothing is ever deleted. Written as
 * the rule for all workflows and, after semicolons, those of single ones: {@code
 * completed=30d,failed=90d,cancelled=30d; order: completed=365d}.
 *
 * @param rules by workflow; that of {@link #ALL} holds for those without one of their own
 */
public record RetentionPolicy(Map<String, RetentionRule> rules) {

  /** Stands for all workflows. */
  public static final String ALL = "*";

  /** Nothing is ever deleted. */
  public static final RetentionPolicy OFF = new RetentionPolicy(Map.of());

  public RetentionPolicy {
    rules = Map.copyOf(rules);
  }

  /** One rule for all workflows. */
  public static RetentionPolicy of(RetentionRule rule) {
    return new RetentionPolicy(Map.of(ALL, rule));
  }

  /** The same with another rule for one workflow. */
  public RetentionPolicy with(String workflow, RetentionRule rule) {
    Map<String, RetentionRule> more = new TreeMap<>(rules);
    more.put(workflow, rule);
    return new RetentionPolicy(more);
  }

  /**
   * Reads what somebody wrote; {@code off} is {@link #OFF}.
   *
   * @throws WorldException {@code INVALID_CONFIGURATION} saying what it must look like
   */
  public static RetentionPolicy parse(String text) {
    RetentionPolicy policy = OFF;
    if (text.strip().equals("off")) {
      return policy;
    }
    for (String part : text.split(";", -1)) {
      int colon = part.lastIndexOf(':');
      String workflow = colon < 0 ? ALL : part.substring(0, colon).strip();
      if (workflow.isEmpty() || policy.rules.containsKey(workflow)) {
        throw new WorldException(
            ErrorCode.INVALID_CONFIGURATION,
            "a retention has one rule for all workflows and one for each that is named, between"
                + " semicolons; is '"
                + text
                + "'");
      }
      policy = policy.with(workflow, RetentionRule.parse(part.substring(colon + 1)));
    }
    return policy;
  }

  /** Whether anything is ever deleted. */
  public boolean isOff() {
    return shortest().isEmpty();
  }

  /** The rule for a workflow; {@link RetentionRule#FOREVER} when there is none. */
  public RetentionRule of(String workflow) {
    RetentionRule all = rules.getOrDefault(ALL, RetentionRule.FOREVER);
    return rules.getOrDefault(workflow, all);
  }

  /** The shortest time any run is kept; empty when all are kept for ever. */
  public Optional<Duration> shortest() {
    return rules.values().stream()
        .flatMap(
            rule -> Stream.of(time(rule.completed()), time(rule.failed()), time(rule.cancelled())))
        .flatMap(Optional::stream)
        .min(Duration::compareTo);
  }

  private static Optional<Duration> time(@Nullable Duration time) {
    return Optional.ofNullable(time);
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return rules.isEmpty()
        ? "off"
        : new TreeMap<>(rules)
            .entrySet().stream()
                .map(
                    each ->
                        each.getKey().equals(ALL)
                            ? each.getValue().toString()
                            : each.getKey() + ":" + each.getValue())
                .collect(Collectors.joining(";"));
  }
}
