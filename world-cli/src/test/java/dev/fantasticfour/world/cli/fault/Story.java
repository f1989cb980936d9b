package dev.fantasticfour.world.cli.fault;

import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What a run shall do, line by line, so that a test says it where it is read: {@code step NAME};
 * {@code held GATE}, a step whose body waits at that gate of its JVM, {@code stuck GATE} one that
 * heeds no interruption there; {@code flaky NAME}, a step whose first attempt fails; {@code fatal
 * NAME}, a step that brings its JVM down where {@link #HALTS} is set; {@code sleep MILLIS}; {@code
 * hook TOKEN}.
 */
record Story(List<String> lines) {

  static final WorkflowType<Story, Told> TYPE = WorkflowType.of("story", Story.class, Told.class);
  static final HookType<String> HOOK = HookType.of("answer", String.class);

  /** A variable of a worker JVM: its fatal steps are. */
  static final String HALTS = "FAULT_HALTS";

  /**
   * What a run went on with.
   *
   * @param used the value of every step, by its name
   * @param answers what its hooks received
   */
  record Told(Map<String, String> used, List<String> answers) {}

  static Story of(String... lines) {
    return new Story(Arrays.asList(lines));
  }
}
