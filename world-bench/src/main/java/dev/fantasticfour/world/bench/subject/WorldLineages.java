package dev.fantasticfour.world.bench.subject;

import dev.fantasticfour.world.api.Registrations;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import java.util.Collections;
import java.util.List;

/** The workflows of World that are measured of which more than one run is made. */
public final class WorldLineages {

  /** Calls a child of that many steps; comes to what the child came to. */
  public static final WorkflowType<Integer, Integer> CALLS =
      WorkflowType.of("calls", Integer.class, Integer.class);

  /** Starts that many children of one step and awaits them; comes to how many there were. */
  public static final WorkflowType<Integer, Integer> CHILDREN =
      WorkflowType.of("children", Integer.class, Integer.class);

  /** Has a step and goes on in another run, as often as it is told; comes to how often it was. */
  public static final WorkflowType<Baton, Integer> HANDS_OVER =
      WorkflowType.of("hands-over", Baton.class, Integer.class);

  private WorldLineages() {}

  /** Binds them all, and those of which one run is made. */
  public static void register(Registrations registrations) {
    WorldFlows.register(registrations);
    registrations
        .register(CALLS, (ctx, steps) -> ctx.call(WorldFlows.STEPS, steps))
        .register(CHILDREN, WorldLineages::children)
        .register(HANDS_OVER, WorldLineages::handsOver);
  }

  /** All go on at once, as those of the peer do: no child waits for the end of another. */
  private static int children(WorkflowContext ctx, int count) {
    List<Integer> one = Collections.nCopies(count, 1);
    return (int)
        ctx.callAll(WorldFlows.STEPS, one, options -> options.atOnce(count)).stream()
            .filter(sum -> sum == 0)
            .count();
  }

  private static int handsOver(WorkflowContext ctx, Baton baton) {
    if (baton.left() == 0) {
      return baton.made();
    }
    int made = ctx.step("step", Integer.class, step -> baton.made() + 1);
    throw ctx.continueAsNew(HANDS_OVER, new Baton(baton.left() - 1, made));
  }
}
