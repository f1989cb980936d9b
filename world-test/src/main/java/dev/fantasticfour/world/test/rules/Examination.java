package dev.fantasticfour.world.test.rules;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.fantasticfour.world.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks at the code of workflows and says what there is to say about it. */
final class Examination {

  private final Application application;
  private final List<WorkflowMethod> methods;

  private Examination(Application application) {
    this.application = application;
    this.methods = WorkflowCode.of(application);
  }

  static Examination of(JavaClasses classes) {
    return new Examination(new Application(classes));
  }

  /** All code of workflows that there is. */
  List<WorkflowMethod> methods() {
    return methods;
  }

  /** What a method does that is wrong. */
  List<Finding> findings(WorkflowMethod method) {
    List<Finding> findings = new ArrayList<>();
    if (method.code().isSynchronized()) {
      findings.add(Remark.SYNCHRONIZED.on(method, method.code().line(), "a synchronized method"));
    }
    for (Instruction instruction : method.does()) {
      switch (instruction) {
        case Instruction.Call call ->
            remark(call)
                .ifPresent(remark -> findings.add(remark.on(method, call.line(), call.text())));
        case Instruction.FieldUse use ->
            remark(use)
                .ifPresent(
                    remark ->
                        findings.add(remark.on(method, use.line(), text(use.owner(), use.name()))));
        case Instruction.ElementWrite write -> {
          if (write.array() instanceof Value.OfField field && field.isStatic()) {
            findings.add(
                Remark.STATIC_WRITE.on(method, write.line(), text(field.owner(), field.name())));
          }
        }
        case Instruction.Monitor monitor ->
            findings.add(Remark.SYNCHRONIZED.on(method, monitor.line(), "a synchronized block"));
        case Instruction.Making making -> {}
      }
    }
    return findings.stream().distinct().toList();
  }

  /** What is done that may be right or wrong. */
  List<Finding> warnings() {
    Set<String> asking =
        methods.stream()
            .filter(method -> method.code().calls().anyMatch(Roles::asksContext))
            .map(WorkflowMethod::toString)
            .collect(Collectors.toSet());
    return methods.stream()
        .flatMap(method -> warnings(method, asking.contains(method.toString())))
        .distinct()
        .toList();
  }

  private Stream<Finding> warnings(WorkflowMethod method, boolean asksContext) {
    return method.does().stream()
        .flatMap(
            instruction ->
                switch (instruction) {
                  case Instruction.Call call -> warning(method, call, asksContext).stream();
                  case Instruction.FieldUse use -> warning(method, use).stream();
                  case Instruction.ElementWrite write -> Stream.empty();
                  case Instruction.Making making -> Stream.empty();
                  case Instruction.Monitor monitor -> Stream.empty();
                });
  }

  private static Optional<Finding> warning(
      WorkflowMethod method, Instruction.Call call, boolean asksContext) {
    if (asksContext
        && Orders.goesThrough(call)
        && call.receiver() instanceof Value.Unordered collection) {
      return Optional.of(Remark.ORDER.on(method, call.line(), "what " + collection.of() + " made"));
    }
    if (Outside.isPrinted(call)) {
      return Optional.of(Remark.PRINTED.on(method, call.line(), "what " + call.text() + " writes"));
    }
    return Outside.isDefault(call)
        ? Optional.of(Remark.DEFAULT.on(method, call.line(), call.text()))
        : Optional.empty();
  }

  /** A workflow that is made for each run may have fields of its own; usually it is made once. */
  private Optional<Finding> warning(WorkflowMethod method, Instruction.FieldUse use) {
    boolean isShared =
        use.isWrite()
            && !use.isStatic()
            && !method.isConstructor()
            && application.is(use.owner(), Workflow.class);
    return isShared
        ? Optional.of(Remark.SHARED.on(method, use.line(), text(use.owner(), use.name())))
        : Optional.empty();
  }

  private Optional<Remark> remark(Instruction.Call call) {
    if (isGeneratorOfAll(call)) {
      return Optional.of(Remark.CHANCE);
    }
    if (Statics.changesCollection(call)) {
      return Optional.of(Remark.STATIC_WRITE);
    }
    if (Statics.asksAtomic(call)) {
      return Optional.of(Remark.STATIC_READ);
    }
    return Machine.remark(call, application.unexamined(call.owner()));
  }

  private Optional<Remark> remark(Instruction.FieldUse use) {
    if (Outside.isStandardInput(use)) {
      return Optional.of(Remark.OUTSIDE);
    }
    if (use.isStatic() && application.changes(use.owner(), use.name())) {
      return Optional.of(use.isWrite() ? Remark.STATIC_WRITE : Remark.STATIC_READ);
    }
    return Optional.empty();
  }

  /** A generator in a field of a workflow is shared by all runs, and goes on in each replay. */
  private boolean isGeneratorOfAll(Instruction.Call call) {
    return Stream.concat(Stream.ofNullable(call.receiver()), call.arguments().stream())
        .anyMatch(
            value ->
                value instanceof Value.OfField field
                    && Chance.isGenerator(field)
                    && (field.isStatic() || application.is(field.owner(), Workflow.class)));
  }

  private static String text(String owner, String field) {
    return Names.simple(owner) + "." + field;
  }
}
