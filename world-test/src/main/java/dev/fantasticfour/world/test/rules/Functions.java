package dev.fantasticfour.world.test.rules;

import com.tngtech.archunit.thirdparty.org.objectweb.asm.Type;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Knows which of the functions that a method makes are surely run by it, or by whom it gives them
 * to. One that is stored in a field, returned, or used by the body of a step may be run there.
 */
final class Functions {

  /** Looked at once, when it arrives; what it says is recorded. */
  private static final String VALIDATOR = "dev/fantasticfour/world/api/workflow/UpdateValidator";

  private final Application application;

  Functions(Application application) {
    this.application = application;
  }

  /** Whether a method that makes that function runs it. */
  boolean runs(MethodCode maker, Value.Function function) {
    return !function.kind().equals(VALIDATOR) && runs(maker, function, function, new HashSet<>());
  }

  private boolean runs(
      MethodCode method, Value value, Value.Function function, Set<MethodCode> seen) {
    return seen.add(method)
        && method
            .calls()
            .anyMatch(
                call ->
                    isRun(call, value, function) || isGivenToARunner(call, value, function, seen));
  }

  private static boolean isRun(Instruction.Call call, Value value, Value.Function function) {
    return value.equals(call.receiver())
        && call.owner().equals(function.kind())
        && call.name().equals(function.method());
  }

  private boolean isGivenToARunner(
      Instruction.Call call, Value value, Value.Function function, Set<MethodCode> seen) {
    List<Value> arguments = call.arguments();
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i).equals(value) && takesFunction(call, i, function)) {
        Value given = new Value.Argument(i);
        if (isRunner(call.owner())
            || application
                .target(call.opcode(), call.owner(), call.name(), call.descriptor())
                .filter(target -> runs(target, given, function, seen))
                .isPresent()) {
          return true;
        }
      }
    }
    return false;
  }

  /** What takes any object keeps it; what takes a function runs it. */
  private static boolean takesFunction(Instruction.Call call, int place, Value.Function function) {
    Type type = Type.getArgumentTypes(call.descriptor())[place];
    return type.getSort() == Type.OBJECT && type.getInternalName().equals(function.kind());
  }

  /** Streams, collections and the like, and options of ours: not what has threads, or composes. */
  private static boolean isRunner(String owner) {
    boolean isLater =
        owner.startsWith("java/util/function/")
            || owner.startsWith("java/util/concurrent/") && !owner.endsWith("Map")
            || owner.startsWith("java/lang/Thread");
    return owner.startsWith("dev/fantasticfour/world/api/")
        || (owner.startsWith("java/") && !isLater);
  }
}
