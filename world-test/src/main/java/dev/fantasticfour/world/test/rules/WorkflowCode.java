package dev.fantasticfour.world.test.rules;

import dev.fantasticfour.world.api.workflow.WorkflowContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Finds the code of an application that runs as code of workflows: what is given a context of a
 * workflow, and what that surely calls. Bodies of steps are not: they are given a context of their
 * own, and what only they call is not found either.
 */
final class WorkflowCode {

  private final Application application;
  private final Functions functions;

  /** Which method makes a lambda, by the code of the lambda. */
  private final Map<MethodCode, MethodCode> makers = new HashMap<>();

  private final Map<MethodCode, WorkflowMethod> found = new LinkedHashMap<>();
  private final Queue<MethodCode> open = new ArrayDeque<>();

  private WorkflowCode(Application application) {
    this.application = application;
    this.functions = new Functions(application);
  }

  static List<WorkflowMethod> of(Application application) {
    WorkflowCode code = new WorkflowCode(application);
    code.begin();
    code.follow();
    return List.copyOf(code.found.values());
  }

  private void begin() {
    application
        .methods()
        .forEach(
            method ->
                method
                    .functions()
                    .flatMap(function -> code(function).stream())
                    .filter(MethodCode::isSynthetic)
                    .forEach(lambda -> makers.put(lambda, method)));
    application.methods().forEach(this::beginWith);
  }

  private void beginWith(MethodCode method) {
    // What a lambda was given says its interface; its code is given what it captures as well.
    if (!method.isSynthetic()
        && Roles.isOfWorkflow(method.descriptor())
        && !application.is(method.owner(), WorkflowContext.class)) {
      add(method, null);
    }
    method
        .functions()
        .filter(function -> Roles.isOfWorkflow(function.signature()))
        .flatMap(function -> code(function).stream())
        .forEach(code -> add(code, null));
  }

  private void follow() {
    for (MethodCode next = open.poll(); next != null; next = open.poll()) {
      String caller = Names.simple(next.owner()) + "." + name(next);
      for (Instruction instruction : Objects.requireNonNull(found.get(next)).does()) {
        if (instruction instanceof Instruction.Call call) {
          application
              .target(call.opcode(), call.owner(), call.name(), call.descriptor())
              .filter(target -> !Roles.isOfStep(target.descriptor()))
              .ifPresent(target -> add(target, caller));
        }
      }
    }
  }

  private void add(MethodCode method, @Nullable String caller) {
    if (!found.containsKey(method)) {
      // A lambda stands within its method: nobody needs to be told how one gets there.
      boolean isKnown = method.isSynthetic() || Roles.isOfWorkflow(method.descriptor());
      found.put(
          method, new WorkflowMethod(method, name(method), isKnown ? null : caller, does(method)));
      open.add(method);
    }
  }

  /** What a method does; a function that it surely runs is a call of what that means. */
  private List<Instruction> does(MethodCode method) {
    List<Instruction> does = new ArrayList<>();
    for (Instruction instruction : method.instructions()) {
      does.add(instruction);
      if (instruction instanceof Instruction.Making made && isRunBy(method, made.function())) {
        Value.Function function = made.function();
        does.add(
            new Instruction.Call(
                made.line(),
                function.opcode(),
                function.owner(),
                function.name(),
                function.descriptor(),
                null,
                List.of()));
      }
    }
    return List.copyOf(does);
  }

  private boolean isRunBy(MethodCode method, Value.Function function) {
    return !Roles.isOfStep(function.signature())
        && !Roles.isOfWorkflow(function.signature())
        && functions.runs(method, function);
  }

  private Optional<MethodCode> code(Value.Function function) {
    return application.target(
        function.opcode(), function.owner(), function.name(), function.descriptor());
  }

  private String name(MethodCode method) {
    MethodCode named = method;
    for (MethodCode maker = method; maker != null; maker = makers.get(maker)) {
      named = maker;
    }
    return named.name();
  }
}
