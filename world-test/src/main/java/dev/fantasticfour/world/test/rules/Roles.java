package dev.fantasticfour.world.test.rules;

import com.tngtech.archunit.thirdparty.org.objectweb.asm.Type;
import java.util.Arrays;
import java.util.Set;

/**
 * What code is for, told by what it is given: who holds a context of a workflow is code of a
 * workflow, and who holds that of a step is the body of one.
 */
final class Roles {

  private static final String API = "dev/fantasticfour/world/api/workflow/";
  private static final String STEP = API + "StepContext";
  private static final Set<String> CONTEXTS =
      Set.of(
          API + "WorkflowContext",
          API + "Scope",
          API + "Saga",
          API + "Branch",
          API + "Hook",
          API + "Inbox",
          API + "ChildRun");

  private Roles() {}

  /** Whether a method of that signature is code of a workflow. */
  static boolean isOfWorkflow(String signature) {
    return takesAny(signature, CONTEXTS) && !isOfStep(signature);
  }

  /** Whether a method of that signature is for bodies of steps. */
  static boolean isOfStep(String signature) {
    return takesAny(signature, Set.of(STEP));
  }

  /** Whether a call speaks to the context of a workflow, or to what that has given. */
  static boolean asksContext(Instruction.Call call) {
    return CONTEXTS.contains(call.owner());
  }

  private static boolean takesAny(String signature, Set<String> types) {
    return Arrays.stream(Type.getArgumentTypes(signature))
        .filter(type -> type.getSort() == Type.OBJECT)
        .map(Type::getInternalName)
        .anyMatch(types::contains);
  }
}
