package dev.fantasticfour.world.test.rules;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A method, or a lambda, that runs as code of a workflow.
 *
 * @param name of the method, of a lambda that of the method around it
 * @param caller who calls it, null when what it is given says what it is
 * @param does its instructions, and the calls that its references to methods mean
 */
record WorkflowMethod(
    MethodCode code, String name, @Nullable String caller, List<Instruction> does) {

  /** Whether it is a method that builds an object. */
  boolean isConstructor() {
    return code.name().equals("<init>");
  }

  /** What was found in it, at that line. */
  Finding finding(int line, String what, String cure) {
    return new Finding(Names.dotted(code.owner()), name, code.file(), line, caller, what, cure);
  }

  @Override
  public String toString() {
    return Names.dotted(code.owner()) + "." + name;
  }
}
