package dev.fantasticfour.world.test;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a run waits for, as its log has it.
 *
 * @param run its id
 * @param parts one for each thing it waits for; empty when it has ended, or a body of it runs whose
 *     start is not recorded
 */
public record Waiting(String run, List<Part> parts) {

  public Waiting {
    parts = List.copyOf(parts);
  }

  /** One thing that a run waits for. */
  public sealed interface Part {}

  /** A hook that is open. */
  public record ForHook(String name, String token) implements Part {}

  /** The end of a sleep or of a time limit. */
  public record ForTime(String name, Instant until) implements Part {}

  /** A step that waits for a worker, or for its next attempt; {@code attempt} from 1. */
  public record ForStep(String name, int attempt) implements Part {}

  /** A child. */
  public record ForChild(String workflow, String childRun) implements Part {}

  /** Whether it waits for a hook of that name. */
  public boolean isHook(String name) {
    return parts.stream()
        .anyMatch(part -> part instanceof ForHook hook && hook.name().equals(name));
  }

  /** Whether it waits for a time. */
  public boolean isTime() {
    return parts.stream().anyMatch(ForTime.class::isInstance);
  }

  /** Whether it waits for a step of that name. */
  public boolean isStep(String name) {
    return parts.stream()
        .anyMatch(part -> part instanceof ForStep step && step.name().equals(name));
  }

  /** Whether it waits for a child of that workflow. */
  public boolean isChild(String workflow) {
    return parts.stream()
        .anyMatch(part -> part instanceof ForChild child && child.workflow().equals(workflow));
  }

  /** Whether it waits for nothing that its log has. */
  public boolean isNothing() {
    return parts.isEmpty();
  }

  @Override
  public String toString() {
    return parts.isEmpty()
        ? "nothing that is in its log"
        : parts.stream().map(Waiting::text).collect(Collectors.joining(", "));
  }

  private static String text(Part part) {
    return switch (part) {
      case ForHook hook -> "hook '" + hook.name() + "'";
      case ForTime time -> "'" + time.name() + "' until " + time.until();
      case ForStep step -> "step '" + step.name() + "', attempt " + step.attempt();
      case ForChild child -> "child '" + child.workflow() + "' (" + child.childRun() + ")";
    };
  }
}
