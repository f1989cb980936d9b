package dev.fantasticfour.world.test.rules;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What code does, as far as the rules ask. Names of classes are those of class files. */
sealed interface Instruction {

  /** Where it stands in the source, 0 when the class file does not say. */
  int line();

  /**
   * Calls a method or a constructor.
   *
   * @param receiver null for static methods
   */
  record Call(
      int line,
      int opcode,
      String owner,
      String name,
      String descriptor,
      @Nullable Value receiver,
      List<Value> arguments)
      implements Instruction {

    /** Whether it makes an object. */
    boolean isNew() {
      return name.equals("<init>");
    }

    /** Whether it takes nothing. */
    boolean isBare() {
      return descriptor.startsWith("()");
    }

    /** As one would write it. */
    String text() {
      String type = Names.simple(owner);
      return isNew() ? "new " + type + "()" : type + "." + name + "()";
    }
  }

  /** Reads or writes a field. */
  record FieldUse(
      int line, String owner, String name, String descriptor, boolean isStatic, boolean isWrite)
      implements Instruction {}

  /** Writes an element of an array. */
  record ElementWrite(int line, Value array) implements Instruction {}

  /** Makes a lambda or a reference to a method. */
  record Making(int line, Value.Function function) implements Instruction {}

  /** Enters a block that is synchronized. */
  record Monitor(int line) implements Instruction {}
}
