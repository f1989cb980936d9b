package dev.fantasticfour.world.core.engine.run;

import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.core.engine.program.Definition;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;

/** A workflow that does what a list of {@link Op}s says, and writes down all it meets. */
final class Interpreter implements Workflow<String, String> {

  static final WorkflowType<String, String> TYPE =
      WorkflowType.of("made-up", String.class, String.class);

  private final List<Op> script;
  private volatile Transcript latest = new Transcript();

  Interpreter(List<Op> script) {
    this.script = script;
  }

  /** The definition to execute it by. */
  Definition<String, String> definition() {
    return new Definition<>(TYPE, this, Map.of());
  }

  /** The transcript of the code that was built up last. */
  Transcript latest() {
    return latest;
  }

  @Override
  public String run(WorkflowContext context, String input) throws Exception {
    Transcript transcript = new Transcript();
    latest = transcript;
    return new ScriptedBranch(context, transcript, "root", new ArrayDeque<>()).runAll(script);
  }
}
