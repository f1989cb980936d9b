package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.ClosePolicy;
import dev.fantasticfour.world.api.run.Parent;
import dev.fantasticfour.world.api.run.Predecessor;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.rules.Protocol;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a run stands among others: what it was created from, and what it hands on to the runs that
 * it starts.
 */
public record Lineage(RunId run, Fact.RunCreated created) {

  /** The parent that a child of the run has. */
  Parent parentOf(String child, ClosePolicy policy) {
    Parent parent = created.parent();
    return new Parent(
        run.value(),
        child,
        policy,
        parent == null ? first() : parent.root(),
        parent == null ? 1 : parent.depth() + 1);
  }

  /** The run with which its chain began. */
  private String first() {
    Predecessor before = created.predecessor();
    return before == null ? run.value() : before.chain();
  }

  /**
   * The run before that a successor of the run has.
   *
   * @param isIdle whether the run has done nothing but hand over
   */
  Predecessor predecessor(boolean isIdle) {
    Predecessor before = created.predecessor();
    return new Predecessor(
        run.value(),
        first(),
        before == null ? 1 : before.index() + 1,
        isIdle ? (before == null ? 1 : before.idle() + 1) : 0);
  }

  /** What a successor of the run is created from, which has whatever the run was created with. */
  Fact.RunCreated successor(
      @Nullable Payload input, Map<String, AttributeValue> attributes, Predecessor before) {
    Fact.RunCreated next =
        new Fact.RunCreated(
                created.workflow(),
                created.deploymentId(),
                Protocol.SPEC_VERSION,
                created.taskQueue(),
                input,
                created.runKey(),
                created.inputHash(),
                attributes,
                created.executionContext())
            .following(before)
            .until(created.deadline());
    return created.parent() == null ? next : next.childOf(created.parent());
  }

  /**
   * Returns normally when the run may have a child.
   *
   * @throws WorldException {@code THROTTLED} when it is as deep in its tree as a run can be
   */
  void requireRoomBelow() {
    Parent parent = created.parent();
    if (parent != null && parent.depth() >= Parent.MAX_DEPTH) {
      throw new WorldException(
          ErrorCode.THROTTLED,
          "run "
              + run
              + " is "
              + parent.depth()
              + " deep below run "
              + parent.root()
              + " and can start no child: does a workflow start itself without end?");
    }
  }
}
