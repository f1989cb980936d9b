package dev.fantasticfour.world.api.workflow;

import dev.fantasticfour.world.api.attribute.AttributeKey;
import dev.fantasticfour.world.api.attribute.AttributeLimits;
import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.ClosePolicy;
import dev.fantasticfour.world.api.run.Ids;
import dev.fantasticfour.world.api.run.Pin;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a workflow starts a child.
 *
 * @param onParentEnd what becomes of the child when the workflow ends before it
 * @param onCancel what a branch does that is cancelled while it waits for the child
 * @param runKey under which clients find it, or null
 * @param attributes what its run is found by, within {@link AttributeLimits}
 * @param pin which build executes it; null = as its workflow type says, and where that says nothing
 *     the one that the workflow is pinned to which starts it
 * @param application whose workers execute it; null = those of the workflow that starts it
 * @param atOnce of many children that are started together: how many at most have not ended
 */
public record ChildOptions(
    ClosePolicy onParentEnd,
    OnCancel onCancel,
    @Nullable String runKey,
    Map<String, AttributeValue> attributes,
    @Nullable Pin pin,
    @Nullable String application,
    int atOnce) {

  /** What a branch does that is cancelled while it waits for a child. */
  public enum OnCancel {
    /** It asks the child to cancel itself, and waits for its end. */
    WAIT,
    /** It leaves the child to itself and waits no longer. */
    LEAVE
  }

  /** The name of an application is no longer than that, in bytes of UTF-8. */
  private static final int MAX_APPLICATION = 255;

  private static final int MAX_RUN_KEY = 1_000;

  /** A child that is asked to cancel itself with its parent; a thousand at once. */
  public static final ChildOptions DEFAULT =
      new ChildOptions(
          ClosePolicy.REQUEST_CANCEL, OnCancel.WAIT, null, Map.of(), null, null, 1_000);

  public ChildOptions {
    attributes = Map.copyOf(AttributeLimits.require(attributes));
    if (runKey != null) {
      Ids.requireText("run key", runKey, MAX_RUN_KEY);
    }
    if (atOnce < 1) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT, "at least 1 child runs at once, is " + atOnce);
    }
    if (application != null) {
      Ids.requireText("application", application, MAX_APPLICATION);
    }
  }

  /** The same with that fate when the workflow ends first. */
  public ChildOptions onParentEnd(ClosePolicy policy) {
    return new ChildOptions(policy, onCancel, runKey, attributes, pin, application, atOnce);
  }

  /** The same with that behaviour when a waiting branch is cancelled. */
  public ChildOptions onCancel(OnCancel behaviour) {
    return new ChildOptions(onParentEnd, behaviour, runKey, attributes, pin, application, atOnce);
  }

  /**
   * The same under a run key, under which clients find it. {@link WorkflowContext#start} throws
   * {@link dev.fantasticfour.world.api.error.RunKeyConflictException} when another run has it,
   * whatever that run was started with.
   */
  public ChildOptions runKey(String key) {
    return new ChildOptions(onParentEnd, onCancel, key, attributes, pin, application, atOnce);
  }

  /** The same with one more attribute, instead of one of that name. */
  public <T> ChildOptions attribute(AttributeKey<T> key, T value) {
    return attribute(key.name(), key.value(value));
  }

  /** The same with one more attribute that is a text, instead of one of that name. */
  public ChildOptions attribute(String name, String value) {
    return attribute(name, AttributeValue.of(value));
  }

  /**
   * The same, executed by that build, or by any ({@link Pin#AUTO}). Otherwise a child of a pinned
   * run within the same application is pinned to the same build.
   */
  public ChildOptions pin(Pin to) {
    return new ChildOptions(onParentEnd, onCancel, runKey, attributes, to, application, atOnce);
  }

  /** The same, executed by the workers of another application, who alone have to know it. */
  public ChildOptions application(String name) {
    return new ChildOptions(onParentEnd, onCancel, runKey, attributes, pin, name, atOnce);
  }

  /** The same, where many are started together, with at most so many that have not ended. */
  public ChildOptions atOnce(int children) {
    return new ChildOptions(onParentEnd, onCancel, runKey, attributes, pin, application, children);
  }

  private ChildOptions attribute(String name, AttributeValue value) {
    Map<String, AttributeValue> more = new LinkedHashMap<>(attributes);
    more.put(name, value);
    return new ChildOptions(onParentEnd, onCancel, runKey, more, pin, application, atOnce);
  }
}
