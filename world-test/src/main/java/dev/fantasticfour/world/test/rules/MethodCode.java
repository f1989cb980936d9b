package dev.fantasticfour.world.test.rules;

import com.tngtech.archunit.thirdparty.org.objectweb.asm.Opcodes;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The code of one method.
 *
 * @param owner its class
 * @param file the source of its class
 * @param line of its first instruction, 0 when the class file does not say
 */
record MethodCode(
    String owner,
    String file,
    String name,
    String descriptor,
    int access,
    int line,
    List<Instruction> instructions) {

  /** Whether the compiler has made it: a lambda, a bridge. */
  boolean isSynthetic() {
    return (access & Opcodes.ACC_SYNTHETIC) != 0;
  }

  boolean isSynchronized() {
    return (access & Opcodes.ACC_SYNCHRONIZED) != 0;
  }

  /** Whether a call of it can mean no other. */
  boolean isAlone() {
    return (access & (Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL)) != 0;
  }

  /** The functions that it makes, in the order in which they stand there. */
  Stream<Value.Function> functions() {
    return instructions.stream()
        .filter(Instruction.Making.class::isInstance)
        .map(made -> ((Instruction.Making) made).function());
  }

  /** What it calls itself. */
  Stream<Instruction.Call> calls() {
    return instructions.stream()
        .filter(Instruction.Call.class::isInstance)
        .map(Instruction.Call.class::cast);
  }

  /** A class has one method of a name and a descriptor: no need to compare what they do. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MethodCode that
        && owner.equals(that.owner)
        && name.equals(that.name)
        && descriptor.equals(that.descriptor);
  }

  @Override
  public int hashCode() {
    return Objects.hash(owner, name, descriptor);
  }
}
