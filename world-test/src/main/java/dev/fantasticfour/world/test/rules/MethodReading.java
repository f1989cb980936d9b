package dev.fantasticfour.world.test.rules;

import com.tngtech.archunit.thirdparty.org.objectweb.asm.ConstantDynamic;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.Handle;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.Label;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.MethodVisitor;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.Opcodes;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a method, following values from where they are made to where they are used: so one sees on
 * what a method is called, and what becomes of a lambda. Code is followed as it stands, without its
 * jumps; what a variable holds after two branches met is what the latter one put there.
 */
final class MethodReading extends MethodVisitor {

  private static final String LAMBDAS = "java/lang/invoke/LambdaMetafactory";

  /** Who is told what was read: the line of the first instruction, and what there is. */
  interface Reader {
    void hasRead(int line, List<Instruction> instructions);
  }

  private final Reader reader;
  private final List<Instruction> instructions = new ArrayList<>();
  private final OperandStack stack = new OperandStack();
  private final Map<Integer, Value> variables = new HashMap<>();
  private int first;
  private int line;

  MethodReading(int access, String descriptor, Reader reader) {
    super(Opcodes.ASM9);
    this.reader = reader;
    int slot = (access & Opcodes.ACC_STATIC) != 0 ? 0 : 1;
    Type[] types = Type.getArgumentTypes(descriptor);
    for (int i = 0; i < types.length; i++) {
      Value known = Orders.ofType(types[i].getDescriptor());
      variables.put(slot, known instanceof Value.Unordered ? known : new Value.Argument(i));
      slot += types[i].getSize();
    }
  }

  @Override
  public void visitEnd() {
    reader.hasRead(first, List.copyOf(instructions));
  }

  @Override
  public void visitLineNumber(int number, Label start) {
    line = number;
    first = first == 0 ? number : first;
  }

  @Override
  public void visitFrame(int type, int locals, Object[] local, int depth, Object[] values) {
    List<Value> expected = new ArrayList<>();
    for (int i = 0; i < depth; i++) {
      boolean wide = Opcodes.LONG.equals(values[i]) || Opcodes.DOUBLE.equals(values[i]);
      expected.add(wide ? Value.WIDE : Value.PLAIN);
    }
    stack.meet(expected);
  }

  @Override
  public void visitInsn(int opcode) {
    switch (opcode) {
      case Opcodes.DUP -> stack.copy(stack.popAll(1), List.of());
      case Opcodes.DUP_X1 -> {
        List<Value> top = stack.popAll(1);
        stack.copy(top, stack.popAll(1));
      }
      case Opcodes.DUP_X2 -> {
        List<Value> top = stack.popAll(1);
        stack.copy(top, stack.popTwoWords());
      }
      case Opcodes.DUP2 -> stack.copy(stack.popTwoWords(), List.of());
      case Opcodes.DUP2_X1 -> {
        List<Value> top = stack.popTwoWords();
        stack.copy(top, stack.popAll(1));
      }
      case Opcodes.DUP2_X2 -> {
        List<Value> top = stack.popTwoWords();
        stack.copy(top, stack.popTwoWords());
      }
      case Opcodes.SWAP -> {
        Value top = stack.pop();
        Value below = stack.pop();
        stack.push(top);
        stack.push(below);
      }
      case Opcodes.POP2 -> {
        var unused = stack.popTwoWords();
      }
      case Opcodes.MONITORENTER -> {
        stack.pop(1);
        instructions.add(new Instruction.Monitor(line));
      }
      case Opcodes.IASTORE,
          Opcodes.LASTORE,
          Opcodes.FASTORE,
          Opcodes.DASTORE,
          Opcodes.AASTORE,
          Opcodes.BASTORE,
          Opcodes.CASTORE,
          Opcodes.SASTORE ->
          instructions.add(new Instruction.ElementWrite(line, stack.popAll(3).getFirst()));
      default -> {
        Effect effect = Effect.of(opcode);
        stack.pop(effect.pops());
        effect.pushed().ifPresent(stack::push);
      }
    }
  }

  @Override
  public void visitIntInsn(int opcode, int operand) {
    // NEWARRAY puts an array in the place of its length.
    if (opcode != Opcodes.NEWARRAY) {
      stack.push(Value.PLAIN);
    }
  }

  @Override
  public void visitVarInsn(int opcode, int slot) {
    switch (opcode) {
      case Opcodes.ILOAD, Opcodes.FLOAD -> stack.push(Value.PLAIN);
      case Opcodes.LLOAD, Opcodes.DLOAD -> stack.push(Value.WIDE);
      case Opcodes.ALOAD -> stack.push(variables.getOrDefault(slot, Value.PLAIN));
      case Opcodes.RET -> {}
      default -> variables.put(slot, stack.pop());
    }
  }

  @Override
  public void visitTypeInsn(int opcode, String type) {
    switch (opcode) {
      case Opcodes.NEW -> stack.push(Orders.ofType(Type.getObjectType(type).getDescriptor()));
      case Opcodes.CHECKCAST -> {}
      default -> {
        stack.pop(1);
        stack.push(Value.PLAIN);
      }
    }
  }

  @Override
  public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
    boolean isStatic = opcode == Opcodes.GETSTATIC || opcode == Opcodes.PUTSTATIC;
    boolean isWrite = opcode == Opcodes.PUTSTATIC || opcode == Opcodes.PUTFIELD;
    instructions.add(new Instruction.FieldUse(line, owner, name, descriptor, isStatic, isWrite));
    stack.pop((isWrite ? 1 : 0) + (isStatic ? 0 : 1));
    if (!isWrite) {
      Value known = Orders.ofType(descriptor);
      boolean isTold = isReference(descriptor) && (isStatic || !(known instanceof Value.Unordered));
      stack.push(isTold ? new Value.OfField(owner, name, descriptor, isStatic) : known);
    }
  }

  @Override
  public void visitMethodInsn(
      int opcode, String owner, String name, String descriptor, boolean isInterface) {
    List<Value> arguments = stack.popAll(Type.getArgumentTypes(descriptor).length);
    @Nullable Value receiver = opcode == Opcodes.INVOKESTATIC ? null : stack.pop();
    Instruction.Call call =
        new Instruction.Call(line, opcode, owner, name, descriptor, receiver, arguments);
    instructions.add(call);
    if (Type.getReturnType(descriptor) != Type.VOID_TYPE) {
      stack.push(Orders.ofResult(call));
    }
  }

  @Override
  public void visitInvokeDynamicInsn(
      String name, String descriptor, Handle bootstrap, Object... arguments) {
    stack.pop(Type.getArgumentTypes(descriptor).length);
    Type made = Type.getReturnType(descriptor);
    if (bootstrap.getOwner().equals(LAMBDAS)
        && arguments[1] instanceof Handle code
        && arguments[2] instanceof Type signature) {
      Value.Function function =
          new Value.Function(
              made.getInternalName(),
              name,
              signature.getDescriptor(),
              opcode(code),
              code.getOwner(),
              code.getName(),
              code.getDesc());
      instructions.add(new Instruction.Making(line, function));
      stack.push(function);
    } else {
      stack.push(made.getSize() == 2 ? Value.WIDE : Value.PLAIN);
    }
  }

  @Override
  public void visitJumpInsn(int opcode, Label label) {
    switch (opcode) {
      case Opcodes.GOTO -> {}
      case Opcodes.JSR -> stack.push(Value.PLAIN);
      case Opcodes.IF_ICMPEQ,
          Opcodes.IF_ICMPNE,
          Opcodes.IF_ICMPLT,
          Opcodes.IF_ICMPGE,
          Opcodes.IF_ICMPGT,
          Opcodes.IF_ICMPLE,
          Opcodes.IF_ACMPEQ,
          Opcodes.IF_ACMPNE ->
          stack.pop(2);
      default -> stack.pop(1);
    }
  }

  @Override
  public void visitLdcInsn(Object value) {
    boolean wide =
        value instanceof Long
            || value instanceof Double
            || (value instanceof ConstantDynamic constant && constant.getSize() == 2);
    stack.push(wide ? Value.WIDE : Value.PLAIN);
  }

  @Override
  public void visitTableSwitchInsn(int min, int max, Label other, Label... labels) {
    stack.pop(1);
  }

  @Override
  public void visitLookupSwitchInsn(Label other, int[] keys, Label[] labels) {
    stack.pop(1);
  }

  @Override
  public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
    stack.pop(dimensions);
    stack.push(Value.PLAIN);
  }

  private static boolean isReference(String descriptor) {
    return descriptor.startsWith("L") || descriptor.startsWith("[");
  }

  private static int opcode(Handle code) {
    return switch (code.getTag()) {
      case Opcodes.H_INVOKESTATIC -> Opcodes.INVOKESTATIC;
      case Opcodes.H_INVOKEVIRTUAL -> Opcodes.INVOKEVIRTUAL;
      case Opcodes.H_INVOKEINTERFACE -> Opcodes.INVOKEINTERFACE;
      default -> Opcodes.INVOKESPECIAL;
    };
  }
}
