package dev.fantasticfour.world.spring;

import dev.fantasticfour.world.api.Registrations;
import dev.fantasticfour.world.api.workflow.StepFunction;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Passes registrations on, and knows which bean each came from. For one thread. */
final class NamedRegistrations {

  private static final String ADVICE =
      "Every persistent name has exactly one home: remove one of the two registrations, or give one"
          + " of the two types another name.";

  private final Registrations target;
  private final Map<String, String> workflows = new TreeMap<>();
  private final Map<String, String> steps = new TreeMap<>();

  NamedRegistrations(Registrations target) {
    this.target = target;
  }

  /**
   * What a registrar is given.
   *
   * @param bean the name of the registrar
   */
  Registrations of(String bean) {
    return new OfBean(this, bean);
  }

  private record OfBean(NamedRegistrations all, String bean) implements Registrations {

    @Override
    public <I, O> Registrations register(WorkflowType<I, O> type, Workflow<I, O> workflow) {
      claim("workflow", type.name(), bean, all.workflows);
      var unused = all.target.register(type, workflow);
      return this;
    }

    @Override
    public <I, O> Registrations register(StepType<I, O> type, StepFunction<I, O> body) {
      claim("step", type.name(), bean, all.steps);
      var unused = all.target.register(type, body);
      return this;
    }
  }

  private static void claim(String what, String name, String bean, Map<String, String> owners) {
    String other = owners.putIfAbsent(name, bean);
    if (other != null) {
      throw new WorldSetupException(
          "The "
              + what
              + " '"
              + name
              + "' is registered twice, "
              + (other.equals(bean)
                  ? "both times by the bean '" + bean + "'."
                  : "by the beans '" + other + "' and '" + bean + "'."),
          ADVICE);
    }
  }

  boolean isEmpty() {
    return workflows.isEmpty() && steps.isEmpty();
  }

  /** The names of all workflows, in alphabetical order. */
  List<String> workflows() {
    return List.copyOf(workflows.keySet());
  }

  /** The names of all registered steps, in alphabetical order. */
  List<String> steps() {
    return List.copyOf(steps.keySet());
  }
}
