package dev.fantasticfour.world.spring.boot3;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.web.AdditionalPathsMapper;
import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;
import org.springframework.boot.actuate.health.AdditionalHealthEndpointPath;
import org.springframework.boot.actuate.health.HealthEndpointGroup;
import org.springframework.boot.actuate.health.HealthEndpointGroups;
import org.springframework.boot.actuate.health.HealthEndpointGroupsPostProcessor;
import org.springframework.boot.actuate.health.HttpCodeStatusMapper;
import org.springframework.boot.actuate.health.StatusAggregator;
import org.springframework.core.Ordered;

/**
 * Makes the world a part of the group {@code readiness}, and of no other: a process that takes no
 * runs needs no restart.
 */
final class WorldReadiness implements HealthEndpointGroupsPostProcessor, Ordered {

  private static final String READINESS = "readiness";
  private static final String WORLD = "world";

  @Override
  public int getOrder() {
    return LOWEST_PRECEDENCE;
  }

  @Override
  public HealthEndpointGroups postProcessHealthEndpointGroups(HealthEndpointGroups groups) {
    HealthEndpointGroup readiness = groups.get(READINESS);
    if (readiness == null) {
      return groups;
    }
    Map<String, HealthEndpointGroup> all =
        groups.getNames().stream()
            .collect(
                Collectors.toMap(
                    name -> name,
                    name ->
                        name.equals(READINESS)
                            ? new WithWorld(readiness)
                            : java.util.Objects.requireNonNull(groups.get(name))));
    return new Groups(groups, all);
  }

  private record Groups(HealthEndpointGroups given, Map<String, HealthEndpointGroup> all)
      implements HealthEndpointGroups, AdditionalPathsMapper {

    @Override
    public HealthEndpointGroup getPrimary() {
      return given.getPrimary();
    }

    @Override
    public Set<String> getNames() {
      return all.keySet();
    }

    @Override
    public @Nullable HealthEndpointGroup get(String name) {
      return all.get(name);
    }

    @Override
    public @Nullable List<String> getAdditionalPaths(
        EndpointId endpointId, WebServerNamespace webServerNamespace) {
      return given instanceof AdditionalPathsMapper mapper
          ? mapper.getAdditionalPaths(endpointId, webServerNamespace)
          : List.of();
    }
  }

  private record WithWorld(HealthEndpointGroup given) implements HealthEndpointGroup {

    @Override
    public boolean isMember(String name) {
      return name.equals(WORLD) || given.isMember(name);
    }

    @Override
    public boolean showComponents(SecurityContext securityContext) {
      return given.showComponents(securityContext);
    }

    @Override
    public boolean showDetails(SecurityContext securityContext) {
      return given.showDetails(securityContext);
    }

    @Override
    public StatusAggregator getStatusAggregator() {
      return given.getStatusAggregator();
    }

    @Override
    public HttpCodeStatusMapper getHttpCodeStatusMapper() {
      return given.getHttpCodeStatusMapper();
    }

    @Override
    public @Nullable AdditionalHealthEndpointPath getAdditionalPath() {
      return given.getAdditionalPath();
    }
  }
}
