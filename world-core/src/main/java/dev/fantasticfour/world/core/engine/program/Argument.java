package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.ValueType;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The argument of an inline step as it was when the step was asked for. Every attempt gets a copy
 * of its own, as it would come back from a log: what a body does to it, no other attempt sees, nor
 * the workflow, and nothing differs between code that runs live and code that is built up again.
 * Safe for any number of threads.
 */
sealed interface Argument<I> {

  /** What cannot be changed and is read as it is written. */
  Set<Class<?>> IMMUTABLE =
      Set.of(String.class, Integer.class, Long.class, Boolean.class, UUID.class);

  /**
   * Takes an argument down.
   *
   * @param asked the step; the body of a settled one never runs, and costs no copy
   */
  static <I> Argument<I> of(
      Values values, StepType<I, ?> step, @Nullable I value, Ledger.Asked asked) {
    boolean isImmutable =
        value == null
            || (IMMUTABLE.contains(value.getClass()) && isExactly(step.input(), value.getClass()));
    if (isImmutable || asked.isSettled()) {
      return new Itself<>(value);
    }
    try {
      return new Written<>(values, step.input(), values.encodeOwn(value, step.input()));
    } catch (ValueRefused e) {
      return new Unwritable<>(e);
    }
  }

  /**
   * A copy for one attempt.
   *
   * @throws ValueRefused when it cannot be written or read again
   */
  I copy();

  private static boolean isExactly(ValueType<?> declared, Class<?> type) {
    return declared.type().equals(type);
  }

  /** One that can be handed to anybody. */
  record Itself<I>(@Nullable I value) implements Argument<I> {

    @Override
    @SuppressWarnings("NullAway") // null exactly where the workflow gave null
    public I copy() {
      return value;
    }
  }

  /** One that is copied by reading it again. */
  record Written<I>(Values values, ValueType<I> type, @Nullable Payload payload)
      implements Argument<I> {

    @Override
    @SuppressWarnings("NullAway") // null exactly where the workflow gave null
    public I copy() {
      return ValueRefused.coded(() -> values.read(payload, type));
    }
  }

  /** One that fails every attempt. */
  record Unwritable<I>(ValueRefused refusal) implements Argument<I> {

    @Override
    public I copy() {
      throw refusal;
    }
  }
}
