package dev.fantasticfour.world.core.operate;

import dev.fantasticfour.world.api.attribute.AttributeCondition;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunRecord;
import java.util.List;
import java.util.Set;

/**
 * Who looks at a world or acts upon it. Who that is was found out elsewhere; here it is believed.
 *
 * @param name for people and for the audit; not blank
 * @param permissions what they may do
 * @param scope what all runs have to be for them, such as those of a tenant; empty for all runs.
 *     Whoever has a scope may do nothing that is about more than runs
 */
public record Principal(String name, Set<Permission> permissions, List<AttributeCondition> scope) {

  /** Copies the sets, and refuses a name that says nothing. */
  public Principal {
    if (name.isBlank()) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT, "whoever acts needs a name, which is not blank");
    }
    permissions = Set.copyOf(permissions);
    scope = List.copyOf(scope);
  }

  /** Somebody who may do everything with all runs. */
  public static Principal withAll(String name) {
    return new Principal(name, Permission.ALL, List.of());
  }

  /** Whether they may do what needs that. */
  public boolean has(Permission permission) {
    return permissions.contains(permission);
  }

  /** Those of the runs that are theirs. */
  RunFilter within(RunFilter filter) {
    RunFilter narrowed = filter;
    for (AttributeCondition condition : scope) {
      narrowed = narrowed.where(condition);
    }
    return narrowed;
  }

  /** Whether the run is theirs. */
  boolean owns(RunRecord run) {
    return scope.stream()
        .allMatch(condition -> condition.test(run.attributes().get(condition.key())));
  }
}
