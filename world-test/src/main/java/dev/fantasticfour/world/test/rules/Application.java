package dev.fantasticfour.world.test.rules;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.Opcodes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The classes that are looked at, with their code. All others are libraries. */
final class Application {

  private final JavaClasses classes;
  private final Map<String, Map<String, MethodCode>> codes = new LinkedHashMap<>();

  Application(JavaClasses classes) {
    this.classes = classes;
    classes.stream()
        .flatMap(type -> type.getSource().stream())
        .map(ClassCode::read)
        .forEach(code -> codes.put(code.name(), byNameAndDescriptor(code)));
  }

  Stream<MethodCode> methods() {
    return codes.values().stream().flatMap(methods -> methods.values().stream());
  }

  /** The code that surely runs when that method is called; empty where it might be another. */
  Optional<MethodCode> target(int opcode, String owner, String name, String descriptor) {
    if (opcode == Opcodes.INVOKEINTERFACE) {
      return Optional.empty();
    }
    return lineage(owner)
        .flatMap(type -> declared(type, name, descriptor).stream())
        .findFirst()
        .filter(
            found ->
                opcode != Opcodes.INVOKEVIRTUAL || found.isAlone() || !isOverridden(owner, found));
  }

  /** The class that a call on that class gets to: the first of its line that is not examined. */
  String unexamined(String owner) {
    return lineage(owner).filter(name -> !codes.containsKey(name)).findFirst().orElse(owner);
  }

  /** Whether that class descends from that other one, as far as its ancestors are known. */
  boolean is(String owner, Class<?> ancestor) {
    return type(owner).filter(type -> type.isAssignableTo(ancestor)).isPresent();
  }

  /** Whether a static field is of the application, and may be given another value. */
  boolean changes(String owner, String name) {
    return type(owner).stream()
        .flatMap(type -> type.getAllFields().stream())
        .filter(field -> field.getName().equals(name))
        .map(JavaField::getModifiers)
        .anyMatch(
            modifiers ->
                modifiers.contains(JavaModifier.STATIC)
                    && !modifiers.contains(JavaModifier.FINAL)
                    && !modifiers.contains(JavaModifier.SYNTHETIC));
  }

  private boolean isOverridden(String owner, MethodCode method) {
    return type(owner).stream()
        .flatMap(type -> type.getAllSubclasses().stream())
        .map(type -> type.getName().replace('.', '/'))
        .anyMatch(type -> declared(type, method.name(), method.descriptor()).isPresent());
  }

  private Optional<MethodCode> declared(String owner, String name, String descriptor) {
    return Optional.ofNullable(codes.getOrDefault(owner, Map.of()).get(name + descriptor));
  }

  private static Map<String, MethodCode> byNameAndDescriptor(ClassCode code) {
    Map<String, MethodCode> methods = new LinkedHashMap<>();
    code.methods().forEach(method -> methods.put(method.name() + method.descriptor(), method));
    return methods;
  }

  /** A class and its ancestors. */
  private Stream<String> lineage(String owner) {
    return Stream.iterate(
            type(owner), Optional::isPresent, type -> type.flatMap(JavaClass::getRawSuperclass))
        .flatMap(Optional::stream)
        .map(type -> type.getName().replace('.', '/'));
  }

  private Optional<JavaClass> type(String owner) {
    String name = Names.dotted(owner);
    return classes.contain(name) ? Optional.of(classes.get(name)) : Optional.empty();
  }
}
